using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// Coordinator of one sweep. It turns a message into an event, asks the planner, stores, and carries out the planner's
/// commands; it decides nothing itself.
/// </summary>
[KeepAlive]
internal sealed partial class SweepGrain(
    ISweepStore store, CheckpointFolder checkpoints, TimeProvider clock, ILogger<SweepGrain> logger) : Grain, ISweepGrain, ISweepReports
{
    private SweepState? _state;
    private DateTimeOffset _createdAt;
    private readonly SweepWatch _watch = new();

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        StoredSweep? stored = await store.ReadEventsAsync(Name, cancellationToken);
        if (stored is not null)
        {
            _createdAt = stored.CreatedAt;
            _state = Fold(stored);
            _watch.Publish(_state);
        }

        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) { KeepAlive = true });
    }

    /// <inheritdoc />
    public async Task<SubmitResult> SubmitAsync(SweepSpec spec)
    {
        if (_state is { } present)
        {
            return await ContinueAsync(present, spec);
        }

        ImmutableArray<SpecProblem> problems = SpecValidator.Validate(spec);
        if (problems.IsEmpty)
        {
            problems = await CheckOnWorkerAsync(spec);
        }

        if (!problems.IsEmpty)
        {
            return new SubmitResult(SubmitStatus.Refused, problems);
        }

        _createdAt = clock.GetUtcNow();
        _state = SweepPlanner.Start(spec);
        _takenUp = true;
        await AdvanceAsync(new SweepEvent.Submitted(_createdAt));
        return new SubmitResult(SubmitStatus.Created, []);
    }

    /// <inheritdoc />
    public async Task<JobVerdict> ReportProgressAsync(JobProgress progress)
    {
        bool current = _state is { } state && state.Running.TryGetValue(progress.Key, out Assignment? job) && job.Attempt == progress.Attempt;
        if (!current)
        {
            return JobVerdict.Stop;
        }

        _watch.Publish(progress);
        await Task.CompletedTask;
        return _state!.Status == SweepStatus.Cancelled ? JobVerdict.Stop : JobVerdict.Continue; // checked above: current implies a state
    }

    /// <inheritdoc />
    public Task ReportAsync(JobReport report) => AdvanceAsync(
        new SweepEvent.JobEnded(report.Key, report.Attempt, report.Outcome, report.Run, clock.GetUtcNow()),
        new StoredCurves(report.Key, report.Attempt, report.Curves));

    /// <inheritdoc />
    public Task HandBackAsync(JobKey key, int attempt, string reason) =>
        AdvanceAsync(new SweepEvent.JobLost(key, attempt, reason, HandedBack: true, clock.GetUtcNow()));

    /// <inheritdoc />
    public async Task GrantAsync(SlotLease lease)
    {
        if (_state is null)
        {
            Want([lease.Id]);
            return;
        }

        await AdvanceAsync(new SweepEvent.SlotGranted(lease, clock.GetUtcNow()));
    }

    /// <inheritdoc />
    public async Task LoseAsync(long leaseId, string reason)
    {
        foreach ((JobKey key, Assignment job) in _state?.Running ?? ImmutableDictionary<JobKey, Assignment>.Empty)
        {
            if (job.Lease.Id == leaseId)
            {
                await AdvanceAsync(new SweepEvent.JobLost(key, job.Attempt, reason, HandedBack: false, clock.GetUtcNow()));
                return;
            }
        }
    }

    /// <summary>Takes an event: decide, store, act. Nothing is acted on that is not durable.</summary>
    private async Task AdvanceAsync(SweepEvent change, StoredCurves? curves = null)
    {
        SweepState before = Existing();
        (SweepState after, ImmutableArray<SweepCommand> commands) = SweepPlanner.Decide(before, change);
        if (!ReferenceEquals(after, before))
        {
            SweepLeaders leaders = _watch.LeadersOf(after);
            try
            {
                await store.AppendAsync(
                    SweepWrites.Of(before, after, change, _createdAt, leaders.Best, curves), CancellationToken.None);
            }
            catch (Exception error) when (error is SweepWriteConflictException or StoreUnavailableException)
            {
                // What is stored and what is in memory may differ now: start anew from the store.
                LogWriteFailed(Name, error);
                if (before.Sequence == 0)
                {
                    _state = null;
                }

                DeactivateOnIdle();
                throw;
            }

            _state = after;
            string text = EventText.Of(change, after);
            LogEvent(Name, text);
            _watch.Publish(after, new SweepEventLine(after.Sequence, change.At, text));
        }

        Execute(commands);
    }

    private SweepState Existing() => _state ?? throw new SweepNotFoundException(Name);

    private static SweepState Fold(StoredSweep stored)
    {
        SweepState state = SweepPlanner.Start(stored.Spec);
        foreach (StoredEvent row in stored.Events)
        {
            state = SweepPlanner.Decide(state, EventJson.Read(row)).State;
        }

        return state;
    }

    private IWorkerPoolGrain Pool => GrainFactory.GetGrain<IWorkerPoolGrain>(0);
}
