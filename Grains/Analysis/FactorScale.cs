using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis;

/// <summary>Scale of a factor: logarithmic or plain, from -1 at its least value to 1 at its greatest.</summary>
internal sealed class FactorScale
{
    private readonly bool _logarithmic;
    private readonly double _low;
    private readonly double _high;

    /// <summary>The scale that the values span.</summary>
    /// <param name="factor">Which factor.</param>
    /// <param name="values">At least one value.</param>
    public FactorScale(Factor factor, IReadOnlyCollection<double> values)
    {
        Factor = factor;
        _logarithmic = factor != Factor.Dropout;
        double[] distinct = [.. values.Distinct().Order()];
        Distinct = distinct.Length;
        Lowest = distinct[0];
        Highest = distinct[^1];
        double? leastPositive = distinct.Any(value => value > 0) ? distinct.First(value => value > 0) : null;
        ZeroShownAs = _logarithmic && Lowest <= 0 ? (leastPositive ?? 1) / 10 : null;
        _low = Position(Lowest);
        _high = Position(Highest);
    }

    /// <summary>Which factor.</summary>
    public Factor Factor { get; }

    /// <summary>Number of different values.</summary>
    public int Distinct { get; }

    /// <summary>Least value.</summary>
    public double Lowest { get; }

    /// <summary>Greatest value.</summary>
    public double Highest { get; }

    /// <summary>Where 0 stands on a logarithmic scale: a decade below the least positive value; null where there is no 0.</summary>
    public double? ZeroShownAs { get; }

    /// <summary>Whether the factor varies at all.</summary>
    public bool Varies => Distinct > 1 && _high > _low;

    /// <summary>Scaled value, in [-1, 1] for values in the span; 0 where the factor does not vary.</summary>
    public double Scale(double value) => Varies ? (2 * (Position(value) - _low) / (_high - _low)) - 1 : 0;

    /// <summary>Value of a scaled one.</summary>
    public double Unscale(double scaled)
    {
        double position = _low + ((scaled + 1) / 2 * (_high - _low));
        return _logarithmic ? Math.Pow(10, position) : position;
    }

    /// <summary>Where a value stands on its axis: its common logarithm, or for dropout the value itself.</summary>
    public double Position(double value) => !_logarithmic ? value : Math.Log10(value > 0 ? value : ZeroShownAs ?? Lowest);
}
