using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Store;
using Sweeper.Grains.Telemetry;
using Sweeper.Grains.Workers;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// Coordinator of one sweep. It turns a message into an event, asks the planner, stores, and carries out the planner's
/// commands; it decides nothing itself.
/// </summary>
[KeepAlive]
internal sealed partial class SweepGrain(
    ISweepStore store, CheckpointFolder checkpoints, TimeProvider clock, ILogger<SweepGrain> logger) : Grain, ISweepGrain, ISweepReports, IIncomingGrainCallFilter
{
    private SweepState? _state;
    private bool _stale;
    private DateTimeOffset _createdAt;
    private readonly SweepWatch _watch = new();
    private readonly SweepTurns _turns = new();
    private SweepTrace _trace = new();

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        this.RegisterGrainTimer(stop => _turns.TakeAsync(() => TickAsync(stop)), new GrainTimerCreationOptions(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) { KeepAlive = true });
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        SweepGauges.Remove(Name);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Invoke(IIncomingGrainCallContext context) =>
        SweepTurns.IsNeededBy(context.InterfaceMethod) ? _turns.TakeAsync(context.Invoke) : context.Invoke();

    /// <inheritdoc />
    public async Task<SubmitResult> SubmitAsync(SweepSpec spec, SweepGeneration? generation, string? by)
    {
        if (spec.Name != Name)
        {
            return new SubmitResult(SubmitStatus.Refused, [new SpecProblem("name", spec.Name, "The spec is of another sweep than the one that was asked for.")]);
        }

        (spec, ImmutableArray<SpecProblem> unusable) = await WithOwnModelAsync(spec);
        if (!unusable.IsEmpty)
        {
            return new SubmitResult(SubmitStatus.Refused, unusable);
        }

        await RecoverAsync();
        if (_state is { } present)
        {
            return await ContinueAsync(present, spec);
        }

        (ImmutableArray<SpecProblem> problems, BatchFit? batch, WarmStart? warm) = await PrepareAsync(spec);
        if (!problems.IsEmpty)
        {
            return new SubmitResult(SubmitStatus.Refused, problems);
        }

        _createdAt = clock.GetUtcNow();
        _state = SweepPlanner.Start(spec);
        _takenUp = true;
        await AdvanceAsync(
            new SweepEvent.Submitted(_createdAt, generation, PlannerRules.Current, batch, SweepTrace.Here, by),
            then: warm is null ? null : new SweepEvent.WarmStarted(warm, _createdAt));
        return new SubmitResult(SubmitStatus.Created, []);
    }

    /// <inheritdoc />
    public async Task<JobVerdict> ReportProgressAsync(JobProgress progress)
    {
        await HeardAsync();
        if (_state?.Running.GetValueOrDefault(progress.Key) is not { } job || job.Attempt != progress.Attempt)
        {
            return JobVerdict.Stop;
        }

        _silence.Heard(progress.Key, progress.Attempt, clock.GetUtcNow());
        _watch.Publish(progress);
        if (TrialJudge.Judge(_state, progress, clock.GetUtcNow()) is { } measured)
        {
            await AdvanceAsync(measured);
            job = _state.Running.GetValueOrDefault(progress.Key) ?? job;
        }

        await PrefetchAsync(job);

        return job.StopReason is null ? JobVerdict.Continue : JobVerdict.Stop;
    }

    /// <inheritdoc />
    public async Task HandBackAsync(JobKey key, int attempt, string reason)
    {
        await HeardAsync();
        await AdvanceAsync(new SweepEvent.JobLost(key, attempt, reason, HandedBack: true, clock.GetUtcNow()));
    }

    /// <inheritdoc />
    public async Task YieldAsync(long leaseId, string reason)
    {
        await HeardAsync();
        if (OnLease(leaseId) is { Job.StopReason: null } held)
        {
            Post("the request to make room", WorkerOf(held.Job.Lease.Worker).HandBackAsync(held.Key, held.Job.Attempt, reason));
        }
    }

    /// <inheritdoc />
    public async Task LoseAsync(long leaseId, string reason, bool died)
    {
        await HeardAsync();
        if (OnLease(leaseId) is var (key, job))
        {
            Presence where = await FindAsync(key, job);
            if (where != Presence.There) // a node that was silent may be back with its jobs
            {
                await AdvanceAsync(Lost(key, job, reason, died ? Presence.NodeGone : where));
            }
        }
    }

    /// <summary>The job that runs in a slot; null: none of this sweep does.</summary>
    private (JobKey Key, Assignment Job)? OnLease(long leaseId) =>
        _state is { } state && state.Leases.TryGetValue(leaseId, out JobKey key) ? (key, state.Running[key]) : null;

    /// <inheritdoc />
    async Task ISweepReports.TakeUpAsync()
    {
        Existing();
        await HeardAsync();
    }

    private Decision Decide(SweepEvent change, StoredCurves? curves = null) => Decide(Existing(), change, curves);

    private static Decision Decide(SweepState before, SweepEvent change, StoredCurves? curves = null)
    {
        (SweepState after, ImmutableArray<SweepCommand> commands) = SweepPlanner.Decide(before, change);
        return new Decision(before, change, curves, after, commands);
    }

    /// <summary>Takes an event: decide, store, act. Nothing is acted on that is not durable.</summary>
    /// <param name="change">The event.</param>
    /// <param name="curves">Curves that come with it.</param>
    /// <param name="then">An event that follows at once and is stored with it, or not at all.</param>
    private async Task AdvanceAsync(SweepEvent change, StoredCurves? curves = null, SweepEvent? then = null)
    {
        await RecoverAsync();
        Decision first = Decide(change, curves);
        await TakeAsync(then is null ? [first] : [first, Decide(first.After, then)]);
    }

    /// <summary>Stores decisions, one made after the other, with one write, and acts on them.</summary>
    private async Task TakeAsync(IReadOnlyList<Decision> decisions)
    {
        Decision[] changes = [.. decisions.Where(decision => decision.HasChanged)];
        if (changes.Length > 0)
        {
            SweepLeaders[] leaders = _watch.LeadersOf(changes.Select(decision => (decision.Before, decision.After)));
            using IDisposable? scope = LogScopes.Of(logger, Name, changes[0].Change);
            try
            {
                await store.AppendAsync(
                    SweepWrites.Joined(changes.Zip(leaders, (decision, best) => SweepWrites.Of(
                        decision.Before, decision.After, decision.Change, _createdAt, best.Best, decision.Curves))),
                    CancellationToken.None);
            }
            catch (Exception error) when (error is SweepWriteConflictException or StoreUnavailableException)
            {
                LogWriteFailed(Name, error);
                _stale = true;
                if (changes[0].Before.Sequence == 0)
                {
                    _state = null;
                }

                if (error is SweepWriteConflictException)
                {
                    DeactivateOnIdle(); // there is another coordinator: the one of the two that is asked next goes on
                }

                throw;
            }

            _state = changes[^1].After;
            foreach ((Decision decision, SweepLeaders shown) in changes.Zip(leaders))
            {
                Tell(decision.Before, decision.After, decision.Change, shown);
            }
        }

        Execute([.. decisions.SelectMany(decision => decision.Commands)]);
    }

    /// <summary>Tells telemetry, log and watchers of an event that has just been stored.</summary>
    private void Tell(SweepState before, SweepState after, SweepEvent change, SweepLeaders leaders)
    {
        using IDisposable? scope = LogScopes.Of(logger, Name, change);
        _trace.Take(before, after, change);
        SweepMeters.Take(before, after, change, leaders.Best);
        string? text = EventText.Of(change, after);
        if (text is not null)
        {
            LogEvent(Name, text);
        }

        _watch.Publish(after, leaders, text is null ? null : new SweepEventLine(after.Sequence, change.At, text));
    }

    /// <summary>After a write that failed, what is stored and what is in memory may differ: reads the store, and goes on where it was at work.</summary>
    private async Task RecoverAsync()
    {
        if (!_stale)
        {
            return;
        }

        await ReadAsync(CancellationToken.None);
        _stale = false;
        if (_takenUp && _state is not null)
        {
            _takenUp = false;
            await TakeUpAsync();
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        StoredSweep? stored = await store.ReadEventsAsync(Name, stop);
        _state = stored is null ? null : Fold(stored);
        if (stored is not null)
        {
            _createdAt = stored.CreatedAt;
            _watch.Begin(_state!); // folded from it
        }
    }

    private SweepState Existing() => _state ?? throw new SweepNotFoundException(Name);

    private SweepState Fold(StoredSweep stored)
    {
        _trace = new SweepTrace();
        SweepState state = SweepPlanner.Start(stored.Spec);
        var lines = new List<SweepEventLine>();
        foreach (StoredEvent row in stored.Events)
        {
            SweepEvent change = EventJson.Read(row);
            SweepState before = state;
            state = SweepPlanner.Decide(before, change).State;
            _trace.Remember(before, state, change);
            bool isLate = row.Sequence > stored.Events[^1].Sequence - SweepWatch.KeptEvents;
            if (isLate && EventText.Of(change, state) is { } text)
            {
                lines.Add(new SweepEventLine(row.Sequence, change.At, text));
            }
        }

        _watch.Restore(lines); // watchers of an earlier coordinator have not seen them all
        return state;
    }

    /// <summary>What the planner says of an event.</summary>
    private sealed record Decision(
        SweepState Before, SweepEvent Change, StoredCurves? Curves, SweepState After, ImmutableArray<SweepCommand> Commands)
    {
        public bool HasChanged => !ReferenceEquals(Before, After);
    }

    private IWorkerPoolGrain Pool => GrainFactory.GetGrain<IWorkerPoolGrain>(0);
}
