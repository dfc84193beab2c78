using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Workers;

/// <summary>
/// One device and its slots. Every job runs on one thread from beginning to end, which then goes on with the job that waits for its slot, if
/// one does: libtorch's scopes and its gradient mode belong to a thread, and a grain's turn must never wait for a step.
/// </summary>
internal sealed partial class DeviceExecutor(
    WorkerKey key, int slots, IJobEngine engine, JobReporter reporter, ILogger<DeviceExecutor> logger, Action changed)
    : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(JobKey Key, int Attempt), DeviceJob> _jobs = [];
    private readonly WaitingJobs _waiting = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly SlotIdling _idling = new(key.ToString());
    private int _done;
    private int _hung;
    private WorkerDuty _duty;
    private string? _dutyReason;

    /// <summary>Which worker this is.</summary>
    public WorkerKey Key => key;

    /// <summary>What it is and does.</summary>
    public WorkerStatus Status
    {
        get
        {
            lock (_lock)
            {
                return new WorkerStatus(
                    key,
                    engine.Description,
                    engine.MemoryBytes,
                    Closed ? 0 : Slots - _hung,
                    [.. Working().Select(job => job.Ticket.Key)],
                    _done,
                    engine.Labels,
                    _duty,
                    _dutyReason);
            }
        }
    }

    /// <summary>Leases in use, those of jobs that ended included until their coordinator has taken the end.</summary>
    public ImmutableArray<HeldLease> Leases
    {
        get
        {
            lock (_lock)
            {
                return [.. _jobs.Values.Select(job => new HeldLease(job.Ticket.LeaseId, job.Ticket.Key.Sweep))];
            }
        }
    }

    /// <summary>Starts an attempt, has it wait for its slot where it is prefetched, or finds that it is here already.</summary>
    /// <returns>False where no slot is free, or where it cannot wait.</returns>
    public bool TryStart(JobTicket ticket)
    {
        DeviceJob job;
        lock (_lock)
        {
            if (_jobs.ContainsKey((ticket.Key, ticket.Attempt)))
            {
                return true;
            }

            if (ticket.Prefetch != 0)
            {
                return MayWait(ticket);
            }

            if (Closed || Busy >= Slots)
            {
                return false;
            }

            job = new DeviceJob(ticket, Activity.Current?.Context ?? default);
            Begin(job);
        }

        // Unsafe: the job outlives the call that brought it, and must not do its work in that call's name.
        new Thread(() => WorkOneAfterTheOther(job)) { IsBackground = true }.UnsafeStart();
        changed();
        return true;
    }

    /// <summary>Calls back an attempt that waits for its slot.</summary>
    /// <returns>True where it never starts; false where it is at work, or has been.</returns>
    public bool Withdraw(JobKey key, long prefetch)
    {
        lock (_lock)
        {
            if (_jobs.Values.Any(job => job.Ticket.Key == key && job.Ticket.Prefetch == prefetch))
            {
                return false;
            }

            _waiting.Refuse(key, prefetch);
            return true;
        }
    }

    /// <summary>Whether an attempt is here: at work, waiting for its slot, or ended and not yet taken by its coordinator.</summary>
    public bool Has(JobKey job, int attempt)
    {
        lock (_lock)
        {
            return _jobs.ContainsKey((job, attempt)) || _waiting.Has(job, attempt);
        }
    }

    /// <summary>Asks an attempt to stop.</summary>
    /// <param name="job">Which job.</param>
    /// <param name="attempt">Which attempt.</param>
    /// <param name="reason">Why.</param>
    /// <param name="handBack">Whether it is to go on later, from its checkpoint.</param>
    public void Stop(JobKey job, int attempt, string reason, bool handBack = false)
    {
        lock (_lock)
        {
            if (_jobs.TryGetValue((job, attempt), out DeviceJob? known))
            {
                known.RequestStop(reason, handBack);
            }
            else
            {
                _waiting.RefuseAttempt(job, attempt);
            }
        }
    }

    /// <summary>Loads a spec's data and tries its model, on a thread of its own.</summary>
    public Task<ImmutableArray<SpecProblem>> CheckAsync(SweepSpec spec) => OnThreadAsync($"check {spec.Name}", () => engine.Check(spec));

    /// <summary>Tries a spec's model where it is of a user's own; see <see cref="IJobEngine.TryModel"/>.</summary>
    public Task<ModelTrial> TryModelAsync(SweepSpec spec, bool run) => OnThreadAsync($"try {spec.Model.Name}", () => engine.TryModel(spec, run));

    /// <summary>What decides the numbers of a spec's jobs here; loads its data, on a thread of its own.</summary>
    public Task<EngineIdentity?> IdentifyAsync(SweepSpec spec) => OnThreadAsync($"identify {spec.Name}", () => engine.Identify(spec));

    /// <summary>Times a few steps, on a thread of its own.</summary>
    public Task<ImmutableArray<MeasuredSpeed>> MeasureAsync(SweepSpec spec, ImmutableArray<int> batchSizes) =>
        OnThreadAsync($"measure {spec.Name}", () => engine.Measure(spec, batchSizes));

    /// <summary>Finds the largest batch, on a thread of its own.</summary>
    public Task<BatchFit> FitBatchAsync(SweepSpec spec) => OnThreadAsync($"fit {spec.Name}", () => engine.FitBatch(spec, Slots));

    /// <summary>Brings the measurement of idle slots up to now.</summary>
    public void MeasureIdle()
    {
        lock (_lock)
        {
            _idling.Note(Slots - Busy, Closed);
        }
    }

    /// <summary>
    /// Gives up jobs without a sign of life: they run elsewhere. A thread cannot be ended from outside, so each keeps its slot until
    /// it wakes up, if ever.
    /// </summary>
    /// <returns>Slots that are lost to such threads.</returns>
    public int GiveUpTheHung()
    {
        DeviceJob[] hanging;
        int hung;
        lock (_lock)
        {
            hanging = [.. Working().Where(job => job.Hangs)];
            foreach (DeviceJob job in hanging)
            {
                job.GivenUp = true;
                _waiting.TakeBehind(job.Ticket)?.Dispose();
                _jobs.Remove((job.Ticket.Key, job.Ticket.Attempt));
            }

            hung = _hung += hanging.Length;
        }

        foreach (DeviceJob job in hanging)
        {
            string reason = FormattableString.Invariant($"it made no step on {key} for {job.LongestSilence.TotalSeconds:0.#} s");
            LogHangs(job.Ticket.Key, job.Ticket.Attempt, reason);
            job.Ended.TrySetResult();
            job.Settled.TrySetResult();
            _ = SayLostAsync(job.Ticket, reason);
        }

        return hung;
    }

    private async Task SayLostAsync(JobTicket ticket, string reason)
    {
        try
        {
            await reporter.LoseAsync(ticket, reason, _abandon.Token);
        }
        catch (OperationCanceledException)
        {
            LogReportAbandoned(ticket.Key);
        }
    }

    /// <summary>Opens or closes the device; one that closes hands its jobs back. A silo that is ending is not opened again.</summary>
    public void SetDuty(WorkerDuty duty, string? reason)
    {
        lock (_lock)
        {
            if (_duty == WorkerDuty.Leaving)
            {
                return;
            }

            (_duty, _dutyReason) = (duty, reason);
            if (Closed)
            {
                HandBackAll($"{key} was {(duty == WorkerDuty.Quarantined ? "quarantined" : "drained")}");
            }
        }

        changed();
    }

    /// <summary>Takes no more jobs: the silo is ending.</summary>
    public void Close()
    {
        lock (_lock)
        {
            (_duty, _dutyReason) = (WorkerDuty.Leaving, null);
        }
    }

    /// <summary>Takes no more jobs, stops those that run at their next step with a checkpoint, and hands them back.</summary>
    public async Task DrainAsync(CancellationToken stop)
    {
        Close();
        Task[] settled;
        lock (_lock)
        {
            HandBackAll("the silo is ending");
            settled = [.. _jobs.Values.Select(job => job.Settled.Task)];
        }

        try
        {
            await Task.WhenAll(settled).WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            LogDrainCut(key.ToString());
        }
        finally
        {
            await _abandon.CancelAsync();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _abandon.Dispose();

    private static Task<T> OnThreadAsync<T>(string name, Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception error) // Whatever it is, it belongs to the caller.
            {
                result.SetException(error);
            }
        })
        { IsBackground = true, Name = name }.Start();
        return result.Task;
    }

    /// <summary>Jobs that it runs at once.</summary>
    private int Slots => slots * engine.JobsPerSlot;

    private bool Closed => _duty != WorkerDuty.Open;

    private void HandBackAll(string reason)
    {
        foreach (DeviceJob job in _jobs.Values)
        {
            job.RequestStop(reason, handBack: true);
        }
    }

    /// <summary>Slots that a thread is in, those that hang included.</summary>
    private int Busy => Working().Count() + _hung;

    private IEnumerable<DeviceJob> Working() => _jobs.Values.Where(job => job.Working);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Job} begins, attempt {Attempt}")]
    private partial void LogBegins(JobKey job, int attempt);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Job} ended, attempt {Attempt}: {Outcome}")]
    private partial void LogEnded(JobKey job, int attempt, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} failed")]
    private partial void LogJobFailed(JobKey job, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job}, attempt {Attempt}, hangs: {Reason}; it is given up here")]
    private partial void LogHangs(JobKey job, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}, attempt {Attempt}, which was given up because it hung, has ended after all; nobody waits for it")]
    private partial void LogWokeUp(JobKey job, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of {Job} was not taken before the silo ended; it runs again from its checkpoint")]
    private partial void LogReportAbandoned(JobKey job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Worker} could not hand everything back in time")]
    private partial void LogDrainCut(string worker);
}
