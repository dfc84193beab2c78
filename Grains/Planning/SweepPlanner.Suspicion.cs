using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Planning;

/// <summary>
/// Workers that fail what others do: a full disk, a data set that is not there, a broken card. A job that fails is tried once
/// more by another worker; where it does not fail there, that speaks against the first. One bad host must not eat a sweep.
/// </summary>
internal static partial class SweepPlanner
{
    /// <summary>Jobs that a worker fails and others do not, after which it is taken out.</summary>
    private const int MostSuspicions = 2;

    /// <summary>Whether a job that failed is to be tried by another worker.</summary>
    private static bool IsForAnother(SweepState state, SweepEvent.JobEnded ended) =>
        ended is { Outcome: JobOutcome.Failed, Others: true } && !state.SecondTries.ContainsKey(ended.Key);

    private static SweepState TryElsewhere(SweepState state, JobKey key, WorkerKey failedOn) =>
        Requeue(state, key, Losses(state, key)) with { SecondTries = state.SecondTries.Add(key, failedOn) };

    /// <summary>Looks how a job that failed on one worker has ended on another.</summary>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Compare(SweepState state, SweepEvent.JobEnded ended, WorkerKey worker)
    {
        if (!state.SecondTries.TryGetValue(ended.Key, out WorkerKey first) || ended.Outcome is JobOutcome.Stopped)
        {
            return (state, Nothing);
        }

        SweepState next = state with { SecondTries = state.SecondTries.Remove(ended.Key) };
        if (ended.Outcome is JobOutcome.Failed || worker == first)
        {
            return (next, Nothing);
        }

        int suspicions = next.Suspicions.GetValueOrDefault(first) + 1;
        next = next with { Suspicions = next.Suspicions.SetItem(first, suspicions) };
        return (next, suspicions == MostSuspicions
            ? [new SweepCommand.Quarantine(first, $"it failed {suspicions} jobs of sweep {state.Spec.Name} that other workers did")]
            : Nothing);
    }
}
