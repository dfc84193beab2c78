using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Recipe;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Populations;

/// <summary>
/// What happens between two generations: the last quarter, and whatever has no result, takes weights and hyperparameters of a
/// network of the first quarter and moves the hyperparameters; the others go on as they are. Pure.
/// </summary>
internal static class Boundary
{
    /// <summary>One in how many is replaced, and is good enough to be copied.</summary>
    private const int Share = 4;

    /// <summary>Draws before a network is let through that another one of the generation equals.</summary>
    private const int MostDraws = 100;

    /// <summary>The next generation; empty where no network has a result to go on from.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="generation">Number of the next generation.</param>
    /// <param name="before">Every run of the one before, all ended.</param>
    /// <param name="space">The space.</param>
    public static ImmutableArray<Successor> Of(SweepSpec spec, int generation, ImmutableArray<TrialState> before, PopulationSpace space)
    {
        ImmutableArray<TrialState> ranked =
        [
            .. before.Where(trial => trial.Record.Score is not null)
                .OrderByDescending(trial => Merit(spec, trial))
                .ThenBy(PopulationTraining.MemberOf), // not its number: that tells when it was placed
        ];
        if (ranked.IsEmpty)
        {
            return [];
        }

        int quarter = Math.Max(1, before.Length / Share);
        ImmutableArray<TrialState> best = [.. ranked.Take(quarter)];
        int going = Math.Min(ranked.Length, Math.Max(best.Length, before.Length - quarter));
        var next = ImmutableArray.CreateBuilder<Successor>(before.Length);
        HashSet<(int From, Point Point)> taken = [];
        foreach (TrialState trial in ranked.Take(going))
        {
            taken.Add((trial.Record.Number, space.Of(trial)));
            int place = ranked.IndexOf(trial) + 1;
            next.Add(new Successor(
                PopulationTraining.MemberOf(trial),
                space.Of(trial),
                trial,
                $"member {PopulationTraining.MemberOf(trial)}: place {place} of {before.Length} ({Reached(spec, trial)}), goes on from its own weights with the same values"));
        }

        foreach (TrialState trial in before.Except(ranked.Take(going)))
        {
            int member = PopulationTraining.MemberOf(trial);
            SplitMix random = Draws.Stream((ulong)(uint)spec.Seed ^ 0x9B7_0001, (generation << 12) + member);
            TrialState parent = best[random.NextIndex(best.Length)];
            Point point = space.Perturbed(space.Of(parent), ref random);
            for (int draw = 1; draw < MostDraws && !taken.Add((parent.Record.Number, point)); draw++)
            {
                point = space.Perturbed(space.Of(parent), ref random); // the same values on the same weights would be the same run once more
            }

            string stood = trial.Record.Score is null ? "without a result" : $"place {ranked.IndexOf(trial) + 1} of {before.Length} ({Reached(spec, trial)})";
            next.Add(new Successor(
                member,
                point,
                parent,
                $"member {member}: {stood}, takes the weights of member {PopulationTraining.MemberOf(parent)} (place {ranked.IndexOf(parent) + 1}, {Reached(spec, parent)}) and moves its values"));
        }

        return [.. next.OrderBy(one => one.Member)];
    }

    private static double Merit(SweepSpec spec, TrialState trial) => Wave.Merit(trial.Record, spec.Search.Ranking);

    private static string Reached(SweepSpec spec, TrialState trial) => OutcomeText.Of(trial.Record.Score!, spec.Search.Ranking); // ranked ones have a score
}
