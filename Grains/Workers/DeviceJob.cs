using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Workers;

/// <summary>An attempt on this device, from its start until the coordinator has taken its end.</summary>
/// <param name="ticket">The job.</param>
/// <param name="request">Span of the call that brought it.</param>
internal sealed class DeviceJob(JobTicket ticket, ActivityContext request) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private JobProgress? _latest;
    private long _signAt = Stopwatch.GetTimestamp();

    /// <summary>The job.</summary>
    public JobTicket Ticket { get; } = ticket;

    /// <summary>Span of the call that brought it.</summary>
    public ActivityContext Request { get; } = request;

    /// <summary>Whether its thread still works; afterwards it holds no slot.</summary>
    public bool Working { get; set; } = true;

    /// <summary>Ends with its thread's work, or when it is given up.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether it was given up because it hangs: its thread cannot be ended, but whatever it still does is no longer heard.</summary>
    public bool GivenUp { get; set; }

    /// <summary>Whether it has given no sign of life for longer than its sweep allows.</summary>
    public bool Hangs => Stopwatch.GetElapsedTime(Volatile.Read(ref _signAt)) > LongestSilence;

    /// <summary>What its sweep allows.</summary>
    public TimeSpan LongestSilence => Ticket.Spec.Limits.NoProgress ?? LimitsSpec.UsualNoProgress;

    /// <summary>Ends when the coordinator has taken the end of the job whose slot this one took over: only then does it know that this one is at work.</summary>
    public Task After { get; set; } = Task.CompletedTask;

    /// <summary>Ends with the coordinator's receipt.</summary>
    public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Signals the engine to stop within a step.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Why it was asked to stop; null where it was not.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether an unfinished job is handed back to be run elsewhere, instead of counted as stopped.</summary>
    public bool HandBack { get; private set; }

    /// <summary>It does not hang.</summary>
    public void GiveSign() => Volatile.Write(ref _signAt, Stopwatch.GetTimestamp());

    /// <summary>Keeps the newest progress for <see cref="Take"/>, with the readings of those that were never taken.</summary>
    public void Publish(JobProgress progress)
    {
        GiveSign();
        lock (_lock)
        {
            _latest = _latest?.Readings is { } earlier ? progress with { Readings = earlier.Then(progress.Readings) } : progress;
        }
    }

    /// <summary>The newest progress; null where there is none since the last.</summary>
    public JobProgress? Take()
    {
        lock (_lock)
        {
            JobProgress? latest = _latest;
            _latest = null;
            return latest;
        }
    }

    /// <summary>Gives back what was taken and did not arrive: newer progress takes its readings along.</summary>
    public void PutBack(JobProgress progress)
    {
        lock (_lock)
        {
            _latest = _latest is not { } newer ? progress
                : progress.Readings is { } earlier ? newer with { Readings = earlier.Then(newer.Readings) }
                : newer;
        }
    }

    /// <summary>Asks it to stop; the first request counts.</summary>
    public void RequestStop(string reason, bool handBack)
    {
        if (StopReason is null)
        {
            StopReason = reason;
            HandBack = handBack;
            _stop.Cancel();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();
}
