using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Populations;

/// <summary>How long the final weights of a population's runs are kept. Pure.</summary>
internal static class PopulationWeights
{
    /// <summary>Orders to delete the weights that nobody can need after an event and that were not ordered to go before it.</summary>
    /// <param name="before">Sweep before the event.</param>
    /// <param name="after">Sweep after it.</param>
    /// <param name="again">Whether what was ordered earlier is ordered again, in case it was lost.</param>
    public static ImmutableArray<SweepCommand> Unneeded(SweepState before, SweepState after, bool again)
    {
        if (!PopulationTraining.IsAskedFor(after.Spec))
        {
            return [];
        }

        ImmutableHashSet<int> gone = again ? [] : Kept(before).Except(Needed(before));
        return
        [
            .. Kept(after).Except(Needed(after)).Except(gone).Order()
                .Select(number => new SweepCommand.DropWeights(new JobKey(after.Spec.Name, JobKind.Trial, number))),
        ];
    }

    /// <summary>Numbers of the runs whose weights a later run may start from.</summary>
    public static ImmutableHashSet<int> Needed(SweepState state)
    {
        PopulationSpec size = state.Spec.Search.Population ?? PopulationSpec.Default;
        Dictionary<int, int> members = [];
        HashSet<int> awaited = [];
        foreach (TrialRecord trial in state.Trials.Select(trial => trial.Record))
        {
            if (trial.Plan?.Lineage is { } lineage)
            {
                members[lineage.Generation] = members.GetValueOrDefault(lineage.Generation) + 1;
                if (lineage.WeightsFrom is { } from && !IsOver(trial))
                {
                    awaited.Add(from);
                }
            }
        }

        if (state is { Status: SweepStatus.Completed, Exhausted: false } && members.GetValueOrDefault(size.Generations) == size.Members)
        {
            return []; // one that a limit ended may go on where the limit is widened
        }

        return
        [
            .. Kept(state).Where(number => awaited.Contains(number)
                || members.GetValueOrDefault(state.Trial(number).Record.Plan!.Lineage!.Generation + 1) < size.Members), // it keeps its weights, so it has a lineage
        ];
    }

    private static ImmutableHashSet<int> Kept(SweepState state) =>
    [
        .. state.Trials
            .Select(trial => trial.Record)
            .Where(trial => trial is { Plan.Lineage.KeepsWeights: true, Score: not null })
            .Select(trial => trial.Number),
    ];

    /// <summary>Whether a run will not start again: one that failed or was stopped may, on a user's wish.</summary>
    private static bool IsOver(TrialRecord trial) => trial is { Status: JobStatus.Done, Outcome: JobOutcome.Trained or JobOutcome.Diverged or JobOutcome.StoppedEarly };
}
