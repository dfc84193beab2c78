using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Where short cycles of <see cref="RungKeep.Hopeful"/> are cut: below the worst short cycle of the better half of those whose
/// whole cycle has ended. Ours. It asks nothing of the shape of accuracies: a further good configuration is as likely as any
/// other of the good ones to be the worst of them, so that one in (good ones + 1) is lost by luck at most.
/// </summary>
/// <param name="Pairs">Configurations that ended both cycles; one that diverged in the whole cycle counts as worst there.</param>
/// <param name="Good">The better half of them by the end of the whole cycle.</param>
/// <param name="Floor">Lowest accuracy that one of these had at the end of its short cycle; null with too few pairs.</param>
/// <param name="Judged">Configurations that ended a short cycle without diverging.</param>
/// <param name="Below">Those of them that did worse than the floor.</param>
/// <param name="Pays">
/// Whether short cycles are used: they sort out a greater share than what a short cycle costs and what luck alone would sort
/// out. Otherwise nothing is cut, and new configurations start with the whole cycle.
/// </param>
internal sealed record RungCut(int Pairs, int Good, double? Floor, int Judged, int Below, bool Pays)
{
    /// <summary>The cut of what has finished.</summary>
    public static RungCut Of(RungTable table)
    {
        CycleHyperbandSettings settings = table.Settings;
        var shorts = table.Rung(0).Where(result => !result.Diverged).ToDictionary(result => result.Job.Configuration, result => result.Rank);
        ImmutableArray<double> pairs =
            [.. table.Rung(settings.TopRung).Where(end => shorts.ContainsKey(end.Job.Configuration)).Select(end => shorts[end.Job.Configuration])]; // best end first
        if (pairs.Length < settings.LeastPairs)
        {
            return new RungCut(pairs.Length, 0, null, shorts.Count, 0, Pays: false);
        }

        int good = (int)Math.Ceiling(pairs.Length * settings.GoodShare);
        double floor = pairs[..good].Min();
        int below = shorts.Values.Count(accuracy => accuracy < floor);
        bool pays = (double)below / shorts.Count > settings.ShortestFraction + (1.0 / (good + 1));
        return new RungCut(pairs.Length, good, floor, shorts.Count, below, pays);
    }

    /// <summary>What it says of short cycles, for a person.</summary>
    public override string ToString() => Floor is { } floor
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{Below} of {Judged} are below {100 * floor:0.0} %, which each of the {Good} best of {Pairs} reached{(Pays ? "" : ": too few to pay")}")
        : $"{Pairs} configurations compared, too few to judge by";
}
