using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Telemetry;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// A sweep's spans. Those of the sweep, its cells and its jobs begin long before they end, perhaps under another coordinator:
/// they are written when they end, with their true start, which the stored events know.
/// </summary>
internal sealed class SweepTrace
{
    private readonly Dictionary<JobKey, DateTimeOffset> _began = [];
    private readonly Dictionary<int, (DateTimeOffset Begin, DateTimeOffset End)> _cells = [];
    private ActivityContext _parent;
    private ActivityContext _sweep;
    private DateTimeOffset _submittedAt;

    /// <summary>The sweep's span; invalid before the sweep was submitted.</summary>
    public ActivityContext Sweep => _sweep;

    /// <summary>Where the sweep is submitted from now, as its event keeps it; null where nobody traces that.</summary>
    public static string? Here => Activity.Current is { Recorded: true } current ? TraceIdentity.Format(current.Context) : null;

    /// <summary>A job's span as <c>traceparent</c>, for its worker.</summary>
    public string? ParentOf(JobTicket ticket, SweepState state) =>
        _sweep == default ? null : TraceIdentity.Format(JobContext(state, ticket.Key));

    /// <summary>What the span of a sweep lies below.</summary>
    /// <param name="submitted">Its first event.</param>
    /// <param name="sweep">Name of the sweep.</param>
    public static ActivityContext ParentOf(SweepEvent.Submitted submitted, string sweep) =>
        ActivityContext.TryParse(submitted.Trace, null, isRemote: true, out ActivityContext console)
            ? console
            : TraceIdentity.Root(sweep, submitted.At);

    /// <summary>Whether a job ended with an event.</summary>
    public static bool HasEnded(SweepState before, SweepState after, JobKey key) =>
        after.Standing(key)?.Status == JobStatus.Done && before.Standing(key)?.Status != JobStatus.Done;

    /// <summary>Takes an event that was stored before: nothing is written, but what comes later needs to know of it.</summary>
    public void Remember(SweepState before, SweepState after, SweepEvent change)
    {
        switch (change)
        {
            case SweepEvent.Submitted submitted:
                _submittedAt = submitted.At;
                _parent = ParentOf(submitted, after.Spec.Name);
                _sweep = TraceIdentity.Sweep(_parent, after.Spec.Name);
                break;
            case SweepEvent.SlotGranted granted:
                if (after.Leases.TryGetValue(granted.Lease.Id, out JobKey started))
                {
                    Begin(after, started, granted.At);
                }

                break;
            case SweepEvent.Reused reused when HasEnded(before, after, reused.Key):
                Begin(after, reused.Key, reused.At);
                End(after, reused.Key, reused.At);
                break;
            case SweepEvent.JobEnded ended when HasEnded(before, after, ended.Key):
                End(after, ended.Key, ended.At);
                break;
            case SweepEvent.JobLost lost when HasEnded(before, after, lost.Key):
                End(after, lost.Key, lost.At);
                break;
        }
    }

    /// <summary>Takes an event that has just been stored, and writes the spans that end with it.</summary>
    public void Take(SweepState before, SweepState after, SweepEvent change)
    {
        Remember(before, after, change);
        if (!SweeperTelemetry.Source.HasListeners())
        {
            return;
        }

        Activity? outer = Activity.Current;
        switch (change)
        {
            case SweepEvent.JobEnded ended when HasEnded(before, after, ended.Key):
                WriteJob(after, ended.Key, ended.At);
                break;
            case SweepEvent.Reused reused when HasEnded(before, after, reused.Key):
                WriteJob(after, reused.Key, reused.At);
                break;
            case SweepEvent.JobLost lost when before.Running.TryGetValue(lost.Key, out Assignment? job) && job.Attempt == lost.Attempt:
                if (!lost.HandedBack) // otherwise its worker lives and writes it
                {
                    WriteLost(after, lost, job);
                }

                if (HasEnded(before, after, lost.Key))
                {
                    WriteJob(after, lost.Key, lost.At);
                }

                break;
        }

        if (IsOver(after) && !IsOver(before))
        {
            WriteSweep(after, change.At);
        }

        Activity.Current = outer; // which a root takes away
    }

    private static bool IsOver(SweepState state) => state.Sequence > 0 && state.HasEnded;

    private static int CellOf(SweepState state, JobKey key) => key.Kind == JobKind.Trial ? state.Trial(key.Number).Record.Cell : key.Number;

    private ActivityContext JobContext(SweepState state, JobKey key) =>
        TraceIdentity.Job(TraceIdentity.Cell(_sweep, CellOf(state, key)), key);

    private void Begin(SweepState state, JobKey key, DateTimeOffset at)
    {
        _began.TryAdd(key, at);
        _cells.TryAdd(CellOf(state, key), (at, at));
    }

    private void End(SweepState state, JobKey key, DateTimeOffset at)
    {
        int cell = CellOf(state, key);
        _cells[cell] = (_cells.TryGetValue(cell, out var span) ? span.Begin : at, at);
    }

    private void WriteJob(SweepState state, JobKey key, DateTimeOffset at)
    {
        bool trial = key.Kind == JobKind.Trial;
        (_, int attempts, JobOutcome? outcome, RunInfo? run) = state.Standing(key)!.Value; // it has just ended
        using Activity? span = KnownSpan.Start(
            trial ? Spans.Trial : Spans.RangeTest,
            JobContext(state, key),
            TraceIdentity.Cell(_sweep, CellOf(state, key)),
            _began.GetValueOrDefault(key, at));
        if (span is null || outcome is null)
        {
            return;
        }

        JobTags.Identity(span, key, CellOf(state, key));
        span.SetTag(Attributes.Attempts, attempts);
        if (trial)
        {
            JobTags.Configuration(span, state.Trial(key.Number).Record.Configuration);
            span.SetTag(Attributes.Seed, state.Trial(key.Number).Record.Seed);
        }

        if (run is not null)
        {
            span.SetTag(Attributes.Worker, run.Worker).SetTag(Attributes.Steps, run.Steps).SetTag(Attributes.ImagesPerSecond, run.ImagesPerSecond)
                .SetTag(Attributes.ReusedFrom, run.ReusedFrom?.ToString());
        }

        JobTags.Outcome(span, outcome, state.Spec.Search.SelectBy);
        span.SetEndTime(at.UtcDateTime);
    }

    private void WriteLost(SweepState state, SweepEvent.JobLost lost, Assignment job)
    {
        ActivityContext parent = JobContext(state, lost.Key);
        using Activity? span = KnownSpan.Start(
            Spans.Attempt, TraceIdentity.Attempt(parent, lost.Attempt), parent, job.StartedAt, ActivityKind.Consumer);
        if (span is not null)
        {
            JobTags.Identity(span, lost.Key, CellOf(state, lost.Key));
            span.SetTag(Attributes.Attempt, lost.Attempt)
                .SetTag(Attributes.Worker, job.Lease.Worker.ToString())
                .SetTag(Attributes.Outcome, Outcomes.Lost)
                .SetTag(Attributes.OutcomeText, lost.Reason)
                .SetTag(Attributes.ErrorType, Outcomes.WorkerLost)
                .SetStatus(ActivityStatusCode.Error, lost.Reason)
                .SetEndTime(lost.At.UtcDateTime);
        }
    }

    private void WriteSweep(SweepState state, DateTimeOffset at)
    {
        SweepSpec spec = state.Spec;
        foreach ((int number, (DateTimeOffset begin, DateTimeOffset end)) in _cells)
        {
            using Activity? cell = KnownSpan.Start(Spans.Cell, TraceIdentity.Cell(_sweep, number), _sweep, begin);
            if (cell is not null)
            {
                CellKey key = state.Cell(number).Record.Key;
                cell.SetTag(Attributes.Sweep, spec.Name).SetTag(Attributes.Cell, number).SetTag(Attributes.BatchSize, key.BatchSize)
                    .SetTag(Attributes.WeightDecay, key.WeightDecay).SetTag(Attributes.Dropout, key.Dropout)
                    .SetEndTime(end.UtcDateTime);
            }
        }

        using Activity? span = KnownSpan.Start(Spans.Sweep, _sweep, _parent, _submittedAt);
        span?.SetTag(Attributes.Sweep, spec.Name).SetTag(Attributes.Model, spec.Model.Name).SetTag(Attributes.DataSet, spec.Data.Set)
            .SetTag(Attributes.SweepStatus, Outcomes.Status(state.Status))
            .SetTag(Attributes.OutcomeText, state.StatusReason)
            .SetEndTime(at.UtcDateTime);
    }
}
