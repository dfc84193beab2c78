using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis.Balance;

/// <summary>Weight decays that are compared: the values themselves where there are few, otherwise equal pieces of the logarithmic axis.</summary>
internal sealed class DecayLevels
{
    private const int MostValues = 8;
    private const int Pieces = 5;

    private readonly FactorScale _scale;
    private readonly double[]? _values;

    /// <summary>The levels of the outcomes.</summary>
    /// <param name="outcomes">Outcomes.</param>
    /// <param name="scale">Scale of weight decay.</param>
    public DecayLevels(IReadOnlyList<Outcome> outcomes, FactorScale scale)
    {
        _scale = scale;
        double[] distinct = [.. outcomes.Select(outcome => outcome.Trial.WeightDecay).Distinct().Order()];
        _values = distinct.Length <= MostValues ? distinct : null;
        Positions = [.. Enumerable.Range(0, Count).Select(PositionOf)];
    }

    /// <summary>Number of levels.</summary>
    public int Count => _values?.Length ?? Pieces;

    /// <summary>Common logarithm of each level, rising.</summary>
    public double[] Positions { get; }

    /// <summary>Level of an outcome, from 0.</summary>
    public int Of(Outcome outcome) =>
        _values is { } values
            ? Array.BinarySearch(values, outcome[Factor.WeightDecay])
            : Math.Clamp((int)((_scale.Scale(outcome[Factor.WeightDecay]) + 1) / 2 * Pieces), 0, Pieces - 1);

    /// <summary>Weight decay that stands for a level: 0 for the least where trials without weight decay are a level of their own.</summary>
    public double ValueOf(int level) => _values is { } values ? values[level] : Math.Pow(10, Positions[level]);

    private double PositionOf(int level) =>
        _values is { } values
            ? _scale.Position(values[level])
            : Math.Log10(_scale.Unscale((2 * (level + 0.5) / Pieces) - 1));
}
