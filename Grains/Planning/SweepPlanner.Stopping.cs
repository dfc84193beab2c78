using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Planning;

/// <summary>Trials that a rule judges on their way.</summary>
internal static partial class SweepPlanner
{
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Measure(SweepState state, SweepEvent.Measured measured)
    {
        if (!IsCurrent(state, measured.Key, measured.Attempt, out Assignment? job))
        {
            return (state, Nothing);
        }

        TrialState before = state.Trial(measured.Key.Number);
        TrialState trial = before.With(measured.Readings);
        if (trial.Readings.Length == before.Readings.Length)
        {
            return (state, Nothing); // a duplicate
        }

        if (measured.Against is not { } against)
        {
            return (state.With(trial), Nothing);
        }

        if (!measured.Stop)
        {
            return (state.With(trial with { Audit = trial.Audit ?? against }), Nothing);
        }

        Assignment stopped = job with { StopReason = against.Text, Against = against };
        return (
            state.With(trial) with { Running = state.Running.SetItem(measured.Key, stopped) },
            [new SweepCommand.Stop(job.Lease.Worker, measured.Key, measured.Attempt, against.Text)]);
    }

    /// <summary>An end as it counts: a stop that a rule asked for is the rule's, a score keeps what a rule had against its trial.</summary>
    private static JobOutcome Judged(SweepState state, JobKey key, JobOutcome outcome, Assignment job) => outcome switch
    {
        JobOutcome.Stopped when job.Against is { } against => new JobOutcome.StoppedEarly(against),
        JobOutcome.Trained trained when key.Kind == JobKind.Trial => trained with { Audit = state.Trial(key.Number).Audit },
        _ => outcome,
    };
}
