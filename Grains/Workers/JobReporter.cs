using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Workers;

/// <summary>Brings a job's news to its coordinator. Progress may be lost; the end is repeated until it is taken.</summary>
internal sealed partial class JobReporter(IGrainFactory grains, TimeProvider clock, ILogger<JobReporter> logger)
{
    /// <summary>Shortest time between two progress reports of a job.</summary>
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Sends progress while the job works, never two reports at once, the newest only, but every reading; a verdict to stop
    /// reaches the job.
    /// </summary>
    /// <param name="job">Job.</param>
    public async Task SendProgressAsync(DeviceJob job)
    {
        Task ended = job.Ended.Task;
        ISweepReports sweep = grains.GetGrain<ISweepReports>(job.Ticket.Key.Sweep);
        await Task.WhenAny(ended, job.After);
        while (!ended.IsCompleted)
        {
            if (job.Take() is { } progress)
            {
                try
                {
                    if (await sweep.ReportProgressAsync(progress) == JobVerdict.Stop)
                    {
                        job.RequestStop("the coordinator no longer wants this attempt", handBack: false);
                    }
                }
                catch (Exception error) // The job's end waits for this loop, and must not be lost with a piece of news.
                {
                    // A coordinator that moves, a store that is away: the job goes on, and the next report takes this one along.
                    job.PutBack(progress);
                    LogProgressLost(job.Ticket.Key, error);
                }
            }

            await Task.WhenAny(ended, Task.Delay(ProgressInterval, clock));
        }
    }

    /// <summary>Sends the end of a job until the coordinator has stored it.</summary>
    public Task<ReportReceipt> ReportAsync(JobReport report, CancellationToken stop) => RepeatAsync(
        report.Key,
        async sweep => await sweep.ReportAsync(report) ? ReportReceipt.JobEnded : ReportReceipt.JobGoesOn,
        stop);

    /// <summary>Hands a job back until the coordinator has taken it.</summary>
    public Task HandBackAsync(JobKey key, int attempt, string reason, CancellationToken stop) =>
        RepeatAsync(
            key,
            async sweep =>
            {
                await sweep.HandBackAsync(key, attempt, reason);
                return ReportReceipt.JobGoesOn;
            },
            stop);

    /// <summary>Says that a job is lost because it hangs, until its coordinator has taken it.</summary>
    public Task LoseAsync(JobTicket ticket, string reason, CancellationToken stop) =>
        RepeatAsync(
            ticket.Key,
            async sweep =>
            {
                await sweep.LoseAsync(ticket.LeaseId, reason, died: true);
                return ReportReceipt.JobGoesOn;
            },
            stop);

    private async Task<ReportReceipt> RepeatAsync(JobKey key, Func<ISweepReports, Task<ReportReceipt>> send, CancellationToken stop)
    {
        for (TimeSpan delay = FirstDelay; ; delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks)))
        {
            try
            {
                return await send(grains.GetGrain<ISweepReports>(key.Sweep));
            }
            catch (SweepNotFoundException)
            {
                LogSweepGone(key);
                return ReportReceipt.SweepGone;
            }
            catch (Exception error) when (error is not OperationCanceledException && !stop.IsCancellationRequested)
            {
                // Whatever went wrong on the way (a store that is away, a coordinator that moves), the result must not be lost.
                LogReportRepeated(key, delay, error);
                await Task.Delay(delay, clock, stop);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Progress of {Job} did not arrive")]
    private partial void LogProgressLost(JobKey job, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} ended, but its sweep was deleted meanwhile")]
    private partial void LogSweepGone(JobKey job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of {Job} did not arrive; it is sent again in {Delay}")]
    private partial void LogReportRepeated(JobKey job, TimeSpan delay, Exception error);
}

/// <summary>The coordinator's answer to an attempt's end.</summary>
internal enum ReportReceipt
{
    /// <summary>It is stored, and the job has ended.</summary>
    JobEnded,

    /// <summary>The job goes on, in another attempt.</summary>
    JobGoesOn,

    /// <summary>The sweep was deleted meanwhile.</summary>
    SweepGone,
}
