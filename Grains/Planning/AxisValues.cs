using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning;

/// <summary>Values of an axis.</summary>
internal static class AxisValues
{
    /// <summary>How derived values are rounded: finer digits are noise, and rounding keeps equal cells equal.</summary>
    private const string ThreeDigits = "E2";

    /// <summary>Values that a grid takes. For bounds from a range test: positions in [0, 1] between them.</summary>
    public static ImmutableArray<double> OfGrid(AxisSpec axis) => axis switch
    {
        AxisSpec.Values values => values.List,
        AxisSpec.Range range => [.. Positions(range.Points).Select(position => Between(range, position)).Distinct()],
        AxisSpec.FromRangeTest bounds => bounds.Points == 1 || bounds.Low.Equals(bounds.High) ? [1.0] : [.. Positions(bounds.Points)],
        _ => throw new UnreachableException(),
    };

    /// <summary>A random value. For bounds from a range test: a position in [0, 1] between them.</summary>
    public static double Draw(AxisSpec axis, ref SplitMix random) => axis switch
    {
        AxisSpec.Values values => values.List[random.NextIndex(values.List.Length)],
        AxisSpec.Range range => Between(range, random.NextDouble()),
        AxisSpec.FromRangeTest => random.NextDouble(),
        _ => throw new UnreachableException(),
    };

    /// <summary>Learning rate at a position between the bounds that a range test gives.</summary>
    /// <param name="bounds">Axis.</param>
    /// <param name="position">Position in [0, 1], even in the logarithm.</param>
    /// <param name="suggestedMaximum">The range test's maximum learning rate.</param>
    /// <param name="pullBack">The spec's factor on it.</param>
    public static double LearningRate(AxisSpec.FromRangeTest bounds, double position, double suggestedMaximum, double pullBack) =>
        Round(suggestedMaximum * pullBack * bounds.Low * Math.Pow(bounds.High / bounds.Low, position));

    /// <summary>Rounds to three significant digits.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString(ThreeDigits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Between(AxisSpec.Range range, double position) => position switch
    {
        0 => range.Min,
        1 => range.Max,
        _ when range.Log => Inside(range, range.Min * Math.Pow(range.Max / range.Min, position)),
        _ => Inside(range, range.Min + ((range.Max - range.Min) * position)),
    };

    /// <summary>Rounded, but never past an end: a dropout rate just below 1 must not become 1.</summary>
    private static double Inside(AxisSpec.Range range, double value) => Math.Clamp(Round(value), range.Min, range.Max);

    private static IEnumerable<double> Positions(int points) =>
        Enumerable.Range(0, points).Select(index => points == 1 ? 1.0 : index / (points - 1.0));
}
