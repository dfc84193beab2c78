using System.Globalization;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// How well the ranking at one length of the cycle predicts the ranking at the next: Spearman's rho over the configurations
/// that run both lengths whatever their rank. Promoted ones are left out: among the best third alone any correlation looks
/// weaker than it is.
/// </summary>
/// <param name="Lower">The lower of the two rungs.</param>
/// <param name="Pairs">Configurations that finished both. A diverged end counts as worst.</param>
/// <param name="Rho">Spearman's rank correlation, in [-1, 1]; null below <see cref="CycleHyperbandSettings.LeastPairs"/>.</param>
/// <param name="LowerBound">Its one-sided bootstrap lower bound; null with it.</param>
/// <param name="HalvingOn">Whether ranks at the lower rung decide who is promoted.</param>
internal sealed record RungCorrelation(int Lower, int Pairs, double? Rho, double? LowerBound, bool HalvingOn)
{
    /// <summary>Correlation between a rung and the next.</summary>
    public static RungCorrelation Of(RungTable table, int lower)
    {
        CycleHyperbandSettings settings = table.Settings;
        var upper = table.Rung(lower + 1).ToDictionary(result => result.Job.Configuration);
        List<(double Low, double High)> pairs = [.. table.Rung(lower)
            .Where(low => settings.ClimbsWhole(low.Job.Configuration) && upper.ContainsKey(low.Job.Configuration))
            .OrderBy(low => low.Job.Configuration)
            .Select(low => (low.Rank, upper[low.Job.Configuration].Rank))];
        if (pairs.Count < settings.LeastPairs)
        {
            return new RungCorrelation(lower, pairs.Count, null, null, HalvingOn: true);
        }

        double[] lows = [.. pairs.Select(pair => pair.Low)];
        double[] highs = [.. pairs.Select(pair => pair.High)];
        double bound = RankCorrelation.LowerBound(lows, highs, settings.Level, settings.Seed);
        return new RungCorrelation(
            lower, pairs.Count, RankCorrelation.Of(lows, highs), bound, HalvingOn: bound >= settings.CorrelationBound);
    }

    /// <summary>One line for a person.</summary>
    public override string ToString() => Rho is { } rho && LowerBound is { } bound
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"rank correlation {rho:0.00} (at least {bound:0.00}) over {Pairs} configurations, halving {(HalvingOn ? "on" : "off")}")
        : $"rank correlation not known yet ({Pairs} configurations), halving on";
}
