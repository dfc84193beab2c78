using System.Collections.Immutable;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Workers;

namespace Sweeper.Grains.Sweeps;

/// <summary>Workers and the pool of slots.</summary>
internal sealed partial class SweepGrain
{
    /// <summary>Ticks between two repetitions of what the sweep wants: a message that was lost costs so many seconds at most.</summary>
    private const int TicksBetweenWants = 5;

    private static readonly TimeSpan RefusalDelay = TimeSpan.FromSeconds(1);

    private bool _takenUp;
    private int _ticks;

    private void Execute(ImmutableArray<SweepCommand> commands)
    {
        var released = ImmutableArray.CreateBuilder<long>();
        var withdrawals = new List<Task>();
        foreach (SweepCommand command in commands)
        {
            switch (command)
            {
                case SweepCommand.Start start:
                    _ = StartAsync(start with { Ticket = start.Ticket with { Trace = _trace.ParentOf(start.Ticket, Existing()) } });
                    break;
                case SweepCommand.Stop stop:
                    Post("a stop", WorkerOf(stop.Worker).StopAsync(stop.Key, stop.Attempt, stop.Reason));
                    break;
                case SweepCommand.Withdraw withdraw:
                    withdrawals.Add(WithdrawAsync(withdraw));
                    break;
                case SweepCommand.Quarantine quarantine:
                    LogQuarantined(quarantine.Worker.ToString(), quarantine.Reason);
                    Post("a quarantine", WorkerOf(quarantine.Worker).SetDutyAsync(WorkerDuty.Quarantined, quarantine.Reason));
                    break;
                case SweepCommand.DropWeights drop:
                    Drop(drop.Key);
                    break;
                case SweepCommand.Release release:
                    released.Add(release.LeaseId);
                    break;
            }
        }

        _withdrawn = withdrawals.Count == 0 ? _withdrawn : Task.WhenAll(withdrawals);
        Want(released.ToImmutable());
    }

    /// <summary>Deletes weights that no trial will start from; what cannot be deleted now goes with the sweep.</summary>
    private void Drop(JobKey key)
    {
        try
        {
            checkpoints.DeleteWeights(key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogWeightsLeft(Name, key, error);
        }
    }

    /// <summary>Hands a job over without holding up the grain's turn; a refusal or a failure comes back as an event.</summary>
    private async Task StartAsync(SweepCommand.Start start)
    {
        JobTicket ticket = start.Ticket;
        string worker = start.Worker.ToString();
        try
        {
            if (await WorkerOf(start.Worker).StartAsync(ticket))
            {
                return;
            }

            LogStartFailed(Name, ticket.Key, worker, null);
            if (ticket.Prefetch != 0)
            {
                _unprefetched.Add(ticket.LeaseId);
                GiveBack(ticket.Key, ticket.Prefetch);
                return;
            }

            await Task.Delay(RefusalDelay, clock); // the pool thinks otherwise: give it time to hear of it
            Post("a job without a slot", this.AsReference<ISweepReports>().HandBackAsync(ticket.Key, ticket.Attempt, $"{worker} had no free slot"));
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            LogStartFailed(Name, ticket.Key, worker, error);
            if (ticket.Prefetch != 0)
            {
                return; // the end of the job before it says whether it was heard
            }

            if (error is SiloUnavailableException)
            {
                await Task.Delay(RefusalDelay, clock); // its silo is gone, which the pool will hear of; the job was never there
                Post("a job without a worker", this.AsReference<ISweepReports>().HandBackAsync(ticket.Key, ticket.Attempt, $"{worker} is gone"));
                return;
            }

            Post("the loss of a job", this.AsReference<ISweepReports>().LoseAsync(ticket.LeaseId, $"{worker} could not be reached"));
        }
    }

    /// <summary>Tells the pool how many slots the sweep could use, and which it gives back.</summary>
    private void Want(ImmutableArray<long> released, int? slots = null)
    {
        int wanted = slots ?? (_takenUp ? _state?.SlotsWanted ?? 0 : 0);
        Post("the wish for slots", Pool.WantAsync(Name, new SlotWish(
            wanted,
            released,
            _state is { } state ? PluginLabels.Sharing(state.Spec) : null,
            _state?.SubmittedBy,
            _state?.Running.Values.Any(job => job.Lease.Prefetch) ?? false,
            slots is null && _takenUp ? _state?.PrefetchedToMove ?? 0 : 0)));
    }

    /// <summary>Takes the sweep up after an interruption: jobs whose workers no longer have them are queued again.</summary>
    private async Task TakeUpAsync()
    {
        if (!_takenUp)
        {
            _takenUp = true;
            await AdvanceAsync(new SweepEvent.Activated(clock.GetUtcNow()));
            (JobKey Key, Assignment Job, Presence Where)[] running = await Task.WhenAll(
                Existing().Running.Select(async pair => (pair.Key, pair.Value, await FindAsync(pair.Key, pair.Value))));
            foreach ((JobKey key, Assignment job, Presence where) in running)
            {
                if (where is Presence.Gone or Presence.GoneWithItsSilo or Presence.GoneInACrash)
                {
                    await AdvanceAsync(Lost(key, job, where == Presence.GoneInACrash ? Crashed : "its worker no longer has it", where));
                }
                else if (job.StopReason is { } reason)
                {
                    Post("a stop", WorkerOf(job.Lease.Worker).StopAsync(key, job.Attempt, reason));
                }
            }
        }

        Want([]);
    }

    /// <summary>A worker or the pool has spoken: this silo is at work on the sweep, so a coordinator that is new here takes it up.</summary>
    private async Task HeardAsync()
    {
        await RecoverAsync();
        if (!_takenUp && _state is not null)
        {
            await TakeUpAsync();
        }
    }

    private async Task TickAsync(CancellationToken stop)
    {
        if (_state is null && !_stale)
        {
            DeactivateOnIdle(); // somebody asked for a sweep that is not there
            return;
        }

        if (!_takenUp)
        {
            return;
        }

        try
        {
            await RecoverAsync();
            if (_state is { } state && WallTimeIsUp(state))
            {
                await AdvanceAsync(new SweepEvent.WallTimeReached(clock.GetUtcNow()));
            }

            await PrefetchAsync();
        }
        catch (StoreUnavailableException error)
        {
            LogStoreAway(Name, error);
            return;
        }

        AskTheSilent();
        if (++_ticks % TicksBetweenWants == 0)
        {
            Want([]);
        }
    }

    private bool WallTimeIsUp(SweepState state)
    {
        TimeSpan active = state.Active + (state.AtWork ? clock.GetUtcNow() - state.LastAt : TimeSpan.Zero);
        return state.Status is SweepStatus.Running or SweepStatus.Paused && active > state.Spec.Limits.WallTime;
    }

    /// <summary>Has a worker try data and model before anything is stored.</summary>
    private async Task<ImmutableArray<SpecProblem>> CheckOnWorkerAsync(SweepSpec spec)
    {
        (ImmutableArray<WorkerStatus> workers, SpecProblem? problem) = await FirstWorkers.ListAsync(Pool, spec, clock);
        if (problem is not null)
        {
            return [problem];
        }

        return await WorkerOf(workers[0].Key).CheckAsync(spec);
    }

    /// <summary>The spec with the content of its plug-in or its TorchScript file, where its model is of one, and of its metrics: what is trained is what was accepted.</summary>
    private async Task<(SweepSpec Spec, ImmutableArray<SpecProblem> Problems)> WithOwnModelAsync(SweepSpec spec)
    {
        if (!spec.HasOwnCode || SpecValidator.Validate(spec) is { IsEmpty: false })
        {
            return (spec, []); // what is wrong is said later
        }

        (ImmutableArray<WorkerStatus> workers, SpecProblem? problem) = await FirstWorkers.ListAsync(Pool, spec, clock);
        ModelTrial found = problem is null ? await WorkerOf(workers[0].Key).TryModelAsync(spec, run: false) : ModelTrial.Refused(problem);
        ModelSpec identified = spec.Model switch
        {
            { Script: not null } script => script with { ScriptSha256 = found.Sha256 },
            { Plugin: not null } plugin => plugin with { PluginSha256 = found.Sha256 },
            var builtIn => builtIn,
        };
        MetricSpecs? metrics = spec.Training.Metrics is { } named && found.Problems.IsEmpty
            ? new MetricSpecs([.. named.List.Zip(found.MetricHashes, (metric, sha256) => metric with { Sha256 = sha256 })])
            : spec.Training.Metrics;
        return (spec with { Model = identified, Training = spec.Training with { Metrics = metrics } }, found.Problems);
    }

    /// <summary>What has to be known of a spec before it is accepted: every problem, the largest batch and earlier results where it asks for them.</summary>
    private async Task<(ImmutableArray<SpecProblem> Problems, BatchFit? Batch, WarmStart? Warm)> PrepareAsync(SweepSpec spec)
    {
        ImmutableArray<SpecProblem> problems = SpecValidator.Validate(spec);
        if (!problems.IsEmpty)
        {
            return (problems, null, null);
        }

        problems = await CheckOnWorkerAsync(spec);
        BatchFit? batch = null;
        if (spec.Search.BatchSize is AxisSpec.Largest)
        {
            if (!problems.IsEmpty)
            {
                return (problems, null, null); // nothing can be tried
            }

            batch = await FitBatchAsync(spec);
            if (batch is not { Largest: > 0 })
            {
                string why = batch is null ? "the worker that was to try it is gone; submit again" : $"not even one image can be trained on {batch.Device}: {batch.Bound}";
                return ([new SpecProblem("search.space.batch_size", "largest", $"No batch size was found: {why}.")], null, null);
            }

            spec = spec with { Search = spec.Search.WithLargestBatch(batch.Largest) };
        }

        (WarmStart? warm, ImmutableArray<SpecProblem> sources) = await new WarmStartReader(store).FindAsync(spec, CancellationToken.None);
        return ([.. problems, .. sources], batch, warm);
    }

    private async Task<BatchFit?> FitBatchAsync(SweepSpec spec)
    {
        (ImmutableArray<WorkerStatus> workers, _) = await FirstWorkers.ListAsync(Pool, spec, clock);
        return workers.IsEmpty ? null : await WorkerOf(workers[0].Key).FitBatchAsync(spec);
    }

    private IGpuWorkerGrain WorkerOf(WorkerKey key) => GrainFactory.GetGrain<IGpuWorkerGrain>(key.ToString());

    /// <summary>Sends a message whose loss is made good later; its failure is logged, not awaited.</summary>
    private void Post(string what, Task message) => _ = message.ContinueWith(
        task => LogMessageLost(Name, what, task.Exception!.GetBaseException()), // faulted: there is an exception
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted,
        TaskScheduler.Default);
}
