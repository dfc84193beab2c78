using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>
/// Trials that are wanted together. The recipe goes from wave to wave, and a wave follows from the results of those before
/// it alone: in whatever order results come in, the same trials are run in the end.
/// </summary>
/// <param name="Missing">Wanted and not planned yet.</param>
/// <param name="Results">What became of the others, in the order in which they were wanted.</param>
internal sealed record Wave(ImmutableArray<WantedTrial> Missing, ImmutableArray<TrialRecord> Results)
{
    /// <summary>Whether every one of them has ended.</summary>
    public bool HasEnded => Missing.IsEmpty && Results.All(trial => trial.Status is JobStatus.Done or JobStatus.Skipped);

    /// <summary>The wave of what is wanted, each once.</summary>
    public static Wave Of(SweepState state, IEnumerable<WantedTrial> wanted)
    {
        var missing = ImmutableArray.CreateBuilder<WantedTrial>();
        var results = ImmutableArray.CreateBuilder<TrialRecord>();
        ILookup<Contracts.Jobs.Configuration, TrialRecord> known =
            state.Trials.Select(trial => trial.Record).ToLookup(trial => trial.Configuration);
        foreach (WantedTrial want in wanted)
        {
            TrialRecord? found = known[want.Configuration].FirstOrDefault(want.IsServedBy);
            if (found is null)
            {
                missing.Add(want);
            }
            else if (!results.Contains(found))
            {
                results.Add(found);
            }
        }

        return new Wave(missing.ToImmutable(), results.ToImmutable());
    }

    /// <summary>
    /// Those that reached a score, best first. Ties go by what the trials are, not by their numbers: those depend on the
    /// order in which results came in.
    /// </summary>
    public ImmutableArray<TrialRecord> Ranked(Ranking ranking) =>
    [
        .. Results
            .Where(trial => trial.Score is not null)
            .OrderByDescending(trial => Merit(trial, ranking))
            .ThenByDescending(trial => trial.Configuration.MaxLearningRate)
            .ThenByDescending(trial => trial.Configuration.BatchSize)
            .ThenBy(trial => trial.Configuration.WeightDecay)
            .ThenBy(trial => trial.Configuration.Dropout)
            .ThenByDescending(trial => trial.Plan?.Schedule.MomentumHigh),
    ];

    /// <summary>Accuracy that a spec selects by; fraction.</summary>
    /// <param name="trial">A trial that reached a score.</param>
    /// <param name="selectBy">The spec's choice.</param>
    public static double Accuracy(TrialRecord trial, SelectionSet selectBy) =>
        trial.Score!.Accuracy(selectBy);

    /// <summary>How good a trial is by what a spec ranks by; in [0, 1], the more the better.</summary>
    /// <param name="trial">A trial that reached a score.</param>
    /// <param name="ranking">The spec's choice.</param>
    public static double Merit(TrialRecord trial, Ranking ranking) => trial.Score!.Merit(ranking);
}
