using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Specs;

/// <summary>The values that a grid takes, and its points.</summary>
public static class AxisGrid
{
    /// <summary>How derived values are rounded: finer digits are noise, and rounding keeps equal cells equal.</summary>
    private const string ThreeDigits = "E2";

    /// <summary>Most combinations that are counted one by one where axes depend on one another.</summary>
    private const double MostCounted = 1_000_000;

    /// <summary>Values that a grid takes. For bounds from a range test: positions in [0, 1] between them.</summary>
    public static ImmutableArray<double> Of(AxisSpec axis) => axis switch
    {
        AxisSpec.Values values => values.List,
        AxisSpec.Range range => [.. Positions(range.Points).Select(position => Between(range, position)).Distinct()],
        AxisSpec.Stepped stepped => stepped.ToList(),
        AxisSpec.FromRangeTest bounds => bounds.Points == 1 || bounds.Low.Equals(bounds.High) ? [1.0] : [.. Positions(bounds.Points)],
        AxisSpec.Largest largest => largest.Of(AxisSpec.Largest.Assumed).List,
        _ => throw new UnreachableException(),
    };

    /// <summary>Greatest value that is given; null where a range test or a worker is to find it.</summary>
    public static double? Greatest(AxisSpec axis) => axis switch
    {
        AxisSpec.Values values => values.List.Max(),
        AxisSpec.Range range => range.Max,
        AxisSpec.Stepped stepped => stepped.ToList()[^1],
        _ => null,
    };

    /// <summary>How many those are; 0 for an interval without points. A double, because a slip can pass any integer.</summary>
    public static double Count(AxisSpec axis) => axis switch
    {
        AxisSpec.Values values => values.List.Length,
        AxisSpec.Range range => range.Points,
        AxisSpec.Stepped stepped => stepped.Count,
        AxisSpec.FromRangeTest test => test.Points,
        AxisSpec.Largest largest => largest.Points,
        _ => 0,
    };

    /// <summary>Points of a spec's grid in the order in which they run, each once.</summary>
    public static IEnumerable<(CellKey Cell, double Rate)> Points(SweepSpec spec)
    {
        var axes = new SearchAxes(spec);
        double[][] values = [.. axes.All.Select(axis => axis.Name == SearchAxes.BatchSize
            ? Of(axis.Axis).Select(value => Math.Round(value)).Distinct().ToArray()
            : [.. Of(axis.Axis)])];
        return Combinations(values).Select(at => axes.PointAt(at)).Distinct();
    }

    /// <summary>Combinations of training size, batch size, weight decay and dropout on a grid, and points of the whole grid.</summary>
    public static (double Cells, double Points) Size(SweepSpec spec)
    {
        var axes = new SearchAxes(spec);
        double cells = axes.All.Where(axis => axis.Name != SearchAxes.MaxLearningRate).Aggregate(1.0, (product, axis) => product * Count(axis.Axis));
        double points = cells * Count(spec.Search.MaxLearningRate);
        if (points > MostCounted || axes.All.All(axis => axis.Axis.When is null))
        {
            return (cells, points);
        }

        // A rate that is drawn has no points; its cells are counted with any.
        AxisSpec rates = points > 0 ? spec.Search.MaxLearningRate : new AxisSpec.Values([1]);
        (CellKey Cell, double Rate)[] all = [.. Points(spec with { Search = spec.Search with { MaxLearningRate = rates } })];
        return (all.Select(point => point.Cell).Distinct().Count(), points > 0 ? all.Length : 0);
    }

    /// <summary>Value of an interval at a position in [0, 1].</summary>
    public static double Between(AxisSpec.Range range, double position)
    {
        ArgumentNullException.ThrowIfNull(range);
        return position switch
        {
            0 => range.Min,
            1 => range.Max,
            _ when range.Log => Inside(range, range.Min * Math.Pow(range.Max / range.Min, position)),
            _ => Inside(range, range.Min + ((range.Max - range.Min) * position)),
        };
    }

    /// <summary>Rounds to three significant digits.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString(ThreeDigits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Rounded, but never past an end: a dropout rate just below 1 must not become 1.</summary>
    private static double Inside(AxisSpec.Range range, double value) => Math.Clamp(Round(value), range.Min, range.Max);

    private static IEnumerable<double> Positions(int points) =>
        Enumerable.Range(0, points).Select(index => points == 1 ? 1.0 : index / (points - 1.0));

    private static IEnumerable<double[]> Combinations(double[][] values)
    {
        int[] at = new int[values.Length];
        if (values.Any(axis => axis.Length == 0))
        {
            yield break;
        }

        for (int moved = 0; moved >= 0;)
        {
            yield return [.. values.Select((axis, index) => axis[at[index]])];
            for (moved = at.Length - 1; moved >= 0 && ++at[moved] == values[moved].Length; moved--)
            {
                at[moved] = 0;
            }
        }
    }
}
