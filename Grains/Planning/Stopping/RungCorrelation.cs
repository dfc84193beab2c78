using System.Globalization;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// How well the ranking at one length of the cycle predicts the ranking at the next: Spearman's rho over the configurations
/// that run both lengths whatever their rank. Promoted ones are left out: among the best third alone any correlation looks
/// weaker than it is. With <see cref="RungKeep.Hopeful"/> it is shown, but <see cref="RungCut"/> decides.
/// </summary>
/// <param name="Lower">The lower of the two rungs.</param>
/// <param name="Pairs">Configurations that finished both. A diverged end counts as worst.</param>
/// <param name="Rho">Spearman's rank correlation, in [-1, 1]; null with fewer than <see cref="FewestPairs"/>, and where all are level at one of the rungs.</param>
/// <param name="LowerBound">Its one-sided bootstrap lower bound; null without it, and with fewer pairs than <see cref="CycleHyperbandSettings.LeastPairs"/>.</param>
/// <param name="HalvingOn">Whether ranks at the lower rung decide who is promoted; always with fewer pairs than that.</param>
internal sealed record RungCorrelation(int Lower, int Pairs, double? Rho, double? LowerBound, bool HalvingOn)
{
    /// <summary>Pairs below which a correlation is no number worth showing.</summary>
    private const int FewestPairs = 4;

    /// <summary>Correlation between a rung and the next.</summary>
    public static RungCorrelation Of(RungTable table, int lower)
    {
        CycleHyperbandSettings settings = table.Settings;
        var upper = table.Rung(lower + 1).ToDictionary(result => result.Job.Configuration);
        bool hopeful = settings.Keep == RungKeep.Hopeful;
        List<(double Low, double High)> pairs = [.. table.Rung(lower)
            .Where(low => (hopeful || settings.ClimbsWhole(low.Job.Configuration)) && upper.ContainsKey(low.Job.Configuration))
            .OrderBy(low => low.Job.Configuration)
            .Take(hopeful ? settings.Compared : int.MaxValue)
            .Select(low => (low.Rank, upper[low.Job.Configuration].Rank))];
        if (pairs.Count < FewestPairs)
        {
            return new RungCorrelation(lower, pairs.Count, null, null, HalvingOn: !hopeful);
        }

        double[] lows = [.. pairs.Select(pair => pair.Low)];
        double[] highs = [.. pairs.Select(pair => pair.High)];
        bool enough = pairs.Count >= settings.LeastPairs;
        double? bound = enough ? RankCorrelation.LowerBound(lows, highs, settings.Level, (uint)settings.Seed) : null;
        return new RungCorrelation(
            lower, pairs.Count, RankCorrelation.Of(lows, highs), bound, HalvingOn: hopeful ? table.Cut.Pays : !enough || bound >= settings.CorrelationBound);
    }

    /// <summary>One line for a person.</summary>
    public override string ToString() => this switch
    {
        { Rho: { } rho, LowerBound: { } bound } => string.Create(
            CultureInfo.InvariantCulture,
            $"rank correlation {rho:0.00} (at least {bound:0.00}) over {Pairs} configurations, halving {(HalvingOn ? "on" : "off")}"),
        { HalvingOn: false } => $"no rank correlation, {Pairs} configurations are level, halving off",
        { Rho: { } rho } => string.Create(
            CultureInfo.InvariantCulture,
            $"rank correlation {rho:0.00} over {Pairs} configurations, too few to switch by, halving on"),
        _ => $"rank correlation not known yet ({Pairs} configurations), halving on",
    };
}
