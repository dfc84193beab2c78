using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Analysis.Racing;

/// <summary>
/// Races leaders by replicates on shared seeds (after Maron and Moore 1994), so that no leaderboard is decided by luck.
/// At each look the best is tested against every other by paired t tests. Corrected twice: each look may spend its share
/// of the error rate (<see cref="AlphaSpending"/>), divided by all pairs of leaders, since which of them is best is itself
/// decided by the data. By the union bound the chance of ever parting equals is at most <see cref="RaceRules.Error"/>.
/// </summary>
internal static class Race
{
    /// <summary>What to do next.</summary>
    /// <param name="racers">Leaders still in the race.</param>
    /// <param name="looks">Looks taken so far: decisions of this race that said they looked.</param>
    /// <param name="rules">Rules of the race.</param>
    public static RaceDecision Decide(IReadOnlyList<Racer> racers, int looks, RaceRules rules)
    {
        int[] seeds = SharedSeeds(racers);
        Racer[] ranked = [.. racers.OrderByDescending(racer => Mean(racer, seeds)).ThenBy(racer => racer.Id)];
        if (ranked.Length == 1)
        {
            return new RaceDecision.Separated(ranked[0].Id, null, 0);
        }

        if (seeds.Length < rules.FirstLook)
        {
            return Unsettled(ranked, seeds.Length, looks, rules, looked: false);
        }

        double level = AlphaSpending.AtLook(rules.Error, looks + 1, rules.Looks) / rules.Pairs;
        double[] pValues = [.. ranked.Skip(1).Select(other => PairedT.TwoSided(Differences(ranked[0], other, seeds), rules.Resolution))];
        Racer[] left = [ranked[0], .. ranked.Skip(1).Where((_, index) => pValues[index] > level)];
        return left.Length == 1
            ? new RaceDecision.Separated(ranked[0].Id, ranked[1].Id, pValues[0])
            : Unsettled(left, seeds.Length, looks + 1, rules, looked: true);
    }

    private static RaceDecision Unsettled(Racer[] left, int seeds, int looks, RaceRules rules, bool looked) =>
        seeds >= rules.Cap || looks >= rules.Looks
            ? new RaceDecision.CapReached([.. left.Select(racer => racer.Id)])
            : new RaceDecision.GoOn([.. left.Select(racer => racer.Id)], looked);

    private static int[] SharedSeeds(IReadOnlyList<Racer> racers) =>
        racers.Count == 0
            ? throw new ArgumentException("A race has at least one leader.", nameof(racers))
            : [.. racers[0].Accuracies.Keys.Where(seed => racers.All(racer => racer.Accuracies.ContainsKey(seed))).Order()];

    private static double Mean(Racer racer, int[] seeds) =>
        seeds.Length > 0 ? seeds.Average(seed => racer.Accuracies[seed])
        : racer.Accuracies.IsEmpty ? 0
        : racer.Accuracies.Values.Average();

    private static double[] Differences(Racer best, Racer other, int[] seeds) =>
        [.. seeds.Select(seed => best.Accuracies[seed] - other.Accuracies[seed])];
}
