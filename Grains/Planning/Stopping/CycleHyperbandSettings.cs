using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Settings of <see cref="CycleHyperband"/>. A rung is a length of the cycle; rung 0 is the shortest, each next one
/// <see cref="Eta"/> times as long, the top one <see cref="LongestEpochs"/>.
/// </summary>
internal sealed record CycleHyperbandSettings
{
    /// <summary>Default of <see cref="ShortestFraction"/>: below a ninth a short cycle says little (docs/early-stopping.md).</summary>
    public const double DefaultShortestFraction = StoppingSpec.DefaultShortest;

    /// <summary>Default of <see cref="WholeShare"/>.</summary>
    public const double DefaultWholeShare = StoppingSpec.WholeShare;

    /// <summary>Default of <see cref="Epsilon"/>: half a point. Ours.</summary>
    public const double DefaultEpsilon = 0.005;

    /// <summary>Default of <see cref="LeastPairs"/>. Ours.</summary>
    public const int DefaultLeastPairs = 10;

    /// <summary>Default of <see cref="Compared"/>.</summary>
    public const int DefaultCompared = StoppingSpec.Compared;

    /// <summary>What goes on to a longer cycle.</summary>
    public RungKeep Keep { get; init; } = RungKeep.Best;

    /// <summary>
    /// Configurations that <see cref="RungKeep.Hopeful"/> trains at both lengths whatever they reach; at least
    /// <see cref="LeastPairs"/>, so that some may be stopped by a user or come late.
    /// </summary>
    public int Compared { get; init; } = DefaultCompared;

    /// <summary>Share of those by their end that count as good; in (0, 1]. Half: with a third the study loses winners. Ours.</summary>
    public double GoodShare { get; init; } = 0.5;

    /// <summary>Cycle of the top rung in epochs; greater than 0.</summary>
    public required double LongestEpochs { get; init; }

    /// <summary>Shortest cycle as a fraction of the longest; in (0, 1]. 1: one rung, no halving.</summary>
    public double ShortestFraction { get; init; } = DefaultShortestFraction;

    /// <summary>Factor between neighbouring rungs, and one in how many is promoted; at least 2.</summary>
    public int Eta { get; init; } = 3;

    /// <summary>
    /// Share of the configurations in the bracket without halving, in [0, 1]. They climb every rung whatever their rank, so
    /// that they are also the only pairs of results that no selection has thinned out: the rank correlation is theirs.
    /// </summary>
    public double WholeShare { get; init; } = DefaultWholeShare;

    /// <summary>Accuracy by which a shorter cycle may fall behind the best one and still count as good enough; in [0, 1].</summary>
    public double Epsilon { get; init; } = DefaultEpsilon;

    /// <summary>Halving between two rungs is off where the correlation's lower bound is under this; in [-1, 1].</summary>
    public double CorrelationBound { get; init; } = 0.3;

    /// <summary>Level of that one-sided bound; in (0.5, 1).</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Pairs below which halving stays on whatever the bound, which is then too wide to tell (<see cref="RungKeep.Hopeful"/>: stays off); at least 4. Ours.</summary>
    public int LeastPairs { get; init; } = DefaultLeastPairs;

    /// <summary>Seed of the bootstrap.</summary>
    public int Seed { get; init; }

    /// <summary>Number of the top rung; 0 where there is only one.</summary>
    public int TopRung => Keep == RungKeep.Hopeful
        ? ShortestFraction < 1 ? 1 : 0
        : (int)Math.Floor(Math.Log(1 / ShortestFraction, Eta) + 1e-9);

    /// <summary>Length of each rung's cycle in epochs, shortest first.</summary>
    public ImmutableArray<double> RungEpochs => [.. Enumerable.Range(0, TopRung + 1).Select(EpochsOf)];

    /// <summary>Length of a rung's cycle in epochs.</summary>
    public double EpochsOf(int rung) => rung == TopRung ? LongestEpochs
        : Keep == RungKeep.Hopeful ? LongestEpochs * ShortestFraction
        : LongestEpochs / Math.Pow(Eta, TopRung - rung);

    /// <summary>Whether a configuration is in the bracket without halving: evenly spread over the numbers, from 1.</summary>
    public bool ClimbsWhole(int configuration) =>
        Math.Floor((configuration * WholeShare) + 1e-9) > Math.Floor(((configuration - 1) * WholeShare) + 1e-9);

    /// <summary>Every reason why the settings cannot be used; empty: they can.</summary>
    public IReadOnlyList<string> Check() =>
    [
        .. Problem(LongestEpochs > 0, "the longest cycle", LongestEpochs, "must be greater than 0 epochs"),
        .. Problem(ShortestFraction is > 0 and <= 1, "the shortest fraction", ShortestFraction, "must be in (0, 1]"),
        .. Problem(Eta >= 2, "eta", Eta, "must be at least 2"),
        .. Problem(WholeShare is >= 0 and <= 1, "the share without halving", WholeShare, "must be in [0, 1]"),
        .. Problem(Epsilon is >= 0 and <= 1, "epsilon", Epsilon, "must be in [0, 1]"),
        .. Problem(CorrelationBound is >= -1 and <= 1, "the bound of the rank correlation", CorrelationBound, "must be in [-1, 1]"),
        .. Problem(Level is > 0.5 and < 1, "the level of the bound", Level, "must be in (0.5, 1)"),
        .. Problem(LeastPairs >= 4, "the least number of pairs", LeastPairs, "must be at least 4"),
        .. Problem(Compared >= LeastPairs, "the number of configurations to compare", Compared, $"must be at least {LeastPairs}, the least number of pairs"),
        .. Problem(GoodShare is > 0 and <= 1, "the share that counts as good", GoodShare, "must be in (0, 1]"),
    ];

    private static IEnumerable<string> Problem(bool holds, string name, double value, string allowed) =>
        holds ? [] : [FormattableString.Invariant($"{name} is {value}; it {allowed}")];
}
