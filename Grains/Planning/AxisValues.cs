using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning;

/// <summary>Values of an axis.</summary>
internal static class AxisValues
{
    /// <summary>Values that a grid takes. For bounds from a range test: positions in [0, 1] between them.</summary>
    public static ImmutableArray<double> OfGrid(AxisSpec axis) => AxisGrid.Of(axis);

    /// <summary>A random value. For bounds from a range test: a position in [0, 1] between them.</summary>
    public static double Draw(AxisSpec axis, ref SplitMix random) => axis switch
    {
        AxisSpec.Values values => values.List[random.NextIndex(values.List.Length)],
        AxisSpec.Range range => AxisGrid.Between(range, random.NextDouble()),
        AxisSpec.Stepped stepped => stepped.ToList()[random.NextIndex((int)stepped.Count)],
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
    public static double Round(double value) => AxisGrid.Round(value);
}
