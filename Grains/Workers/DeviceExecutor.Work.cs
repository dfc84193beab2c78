using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Telemetry;

namespace Sweeper.Grains.Workers;

/// <summary>Jobs on their threads, from their beginning to the coordinator's receipt.</summary>
internal sealed partial class DeviceExecutor
{
    private bool MayWait(JobTicket ticket)
    {
        bool follows = !Closed && Busy <= Slots && ticket.After is { } running && _jobs.TryGetValue((running.Job, running.Attempt), out DeviceJob? ahead) && ahead.Working;
        if (follows && (_waiting.IsKnown(ticket) || _waiting.TryAdd(new DeviceJob(ticket, Activity.Current?.Context ?? default))))
        {
            return true;
        }

        _waiting.Refuse(ticket.Key, ticket.Prefetch);
        return false;
    }

    private void Begin(DeviceJob job)
    {
        job.GiveSign(); // it may have waited for longer than it may be silent
        _idling.Started(Slots - Busy, job.Ticket.Key.Sweep);
        _jobs.Add((job.Ticket.Key, job.Ticket.Attempt), job);
    }

    /// <summary>Starts the job that waits for the slot of one that has ended, unless the slot is no longer there or something is wrong with it.</summary>
    private DeviceJob? Succeed(DeviceJob ended, JobOutcome outcome)
    {
        if (_waiting.TakeBehind(ended.Ticket) is not { } next)
        {
            return null;
        }

        bool handedBack = outcome is JobOutcome.Stopped && ended.HandBack;
        if (Closed || ended.GivenUp || handedBack || Busy >= Slots || outcome is JobOutcome.Failed or JobOutcome.OutOfMemory)
        {
            _waiting.Refuse(next.Ticket.Key, next.Ticket.Prefetch);
            next.Dispose();
            return null;
        }

        next.After = ended.Settled.Task;
        Begin(next);
        return next;
    }

    private void WorkOneAfterTheOther(DeviceJob first)
    {
        for (DeviceJob? job = first; job is not null;)
        {
            Thread.CurrentThread.Name = job.Ticket.Key.ToString();
            job = Work(job);
        }
    }

    /// <summary>Does a job.</summary>
    /// <returns>The one that has taken its slot; null: none has.</returns>
    private DeviceJob? Work(DeviceJob job)
    {
        Task progress = reporter.SendProgressAsync(job);
        JobReport report;
        var attempt = AttemptSpan.Begin(job.Ticket, key, job.Request);
        using (attempt)
        using (SlotClock.Start(key.ToString()))
        using (LogScopes.Attempt(logger, job.Ticket.Key, job.Ticket.Attempt))
        {
            LogBegins(job.Ticket.Key, job.Ticket.Attempt);
            Exception? thrown = null;
            try
            {
                report = engine.Run(job.Ticket, new JobControl(job.Publish, () => job.StopReason, job.GiveSign, job.Stop));
            }
            catch (Exception error) // The edge of our code: a bug or a broken machine ends this job, not the silo.
            {
                LogJobFailed(job.Ticket.Key, error);
                report = engine.Failure(job.Ticket, thrown = error);
            }

            attempt.Note(report, thrown, job.HandBack);
            string outcome = OutcomeText.Of(report.Outcome);
            LogEnded(job.Ticket.Key, job.Ticket.Attempt, outcome);
        }

        DeviceJob? next;
        lock (_lock)
        {
            _idling.Ended(Slots - Busy, job.Ticket.Key.Sweep, Closed);
            job.Working = false;
            _hung -= job.GivenUp ? 1 : 0;
            _done++;
            next = Succeed(job, report.Outcome);
        }

        job.Ended.TrySetResult();
        changed();
        if (job.GivenUp)
        {
            LogWokeUp(job.Ticket.Key, job.Ticket.Attempt);
            job.Dispose();
            return next;
        }

        _ = SettleAsync(job, report with { Successor = next?.Ticket.Prefetch ?? 0 }, progress, attempt.Kept);
        return next;
    }

    private async Task SettleAsync(DeviceJob job, JobReport report, Task progress, ActivityContext attempt)
    {
        JobTicket ticket = job.Ticket;
        using Activity? span = attempt == default ? null : SweeperTelemetry.Source.StartActivity(Spans.Report, ActivityKind.Producer, attempt);
        try
        {
            await progress;
            await job.After; // the coordinator has to know that it has started
            if (report.Outcome is JobOutcome.Stopped && job.HandBack)
            {
                await reporter.HandBackAsync(ticket.Key, ticket.Attempt, job.StopReason!, _abandon.Token); // handed back: there is a reason
            }
            else
            {
                ReportReceipt receipt = await reporter.ReportAsync(report, _abandon.Token);
                bool mayGoOn = report.Outcome is JobOutcome.Stopped; // from its checkpoint
                if (receipt == ReportReceipt.SweepGone || (receipt == ReportReceipt.JobEnded && !mayGoOn))
                {
                    engine.Forget(ticket.Key);
                }
            }
        }
        catch (OperationCanceledException)
        {
            LogReportAbandoned(ticket.Key);
        }
        finally
        {
            lock (_lock)
            {
                _jobs.Remove((ticket.Key, ticket.Attempt));
            }

            job.Settled.SetResult();
            job.Dispose();
        }
    }
}
