using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Specs;

/// <summary>Which cells are range-tested where not all of them can be: a star instead of the product; the bounds of the others are predicted from it.</summary>
public static class CellDesign
{
    private const int Size = 0, Batch = 1, Decay = 2, Drop = 3;

    /// <summary>
    /// Every weight decay at the first batch size and dropout, then every other batch size and dropout at the middle weight
    /// decay. A value of an axis that applies only beside others stands beside those.
    /// </summary>
    public static ImmutableArray<CellKey> Star(SweepSpec spec)
    {
        var axes = new SearchAxes(spec);
        double[][] values = [.. axes.All.Select(axis => AxisGrid.Of(axis.Axis).ToArray())];
        values[Batch] = [.. values[Batch].Select(value => Math.Round(value)).Distinct()];
        double[] centre =
        [
            values[Size][0], values[Batch][0], values[Decay].Order().ElementAt(values[Decay].Length / 2), values[Drop][0], 0,
            .. axes.Model.Select((_, index) => values[axes.FirstOfModel + index][0]),
        ];
        return
        [
            .. new[] { (Decay, values[Decay]), (Batch, values[Batch][1..]), (Drop, values[Drop][1..]) }
                .Concat(axes.Model.Select((_, index) => (axes.FirstOfModel + index, values[axes.FirstOfModel + index][1..])))
                .SelectMany(arm => arm.Item2.Select(value => At(axes, values, centre, arm.Item1, value)))
                .Distinct(),
        ];
    }

    /// <summary>The same with the ends and the middle of every interval in place of its points, as samplers want it.</summary>
    public static ImmutableArray<CellKey> Corners(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Star(spec with
        {
            Model = spec.Model.Settings is { } settings
                ? spec.Model with { Settings = new ModelAxes([.. settings.List.Select(axis => axis with { Axis = Corners(axis.Axis) })]) }
                : spec.Model,
            Search = spec.Search with
            {
                BatchSize = Corners(spec.Search.BatchSize),
                WeightDecay = Corners(spec.Search.WeightDecay),
                Dropout = Corners(spec.Search.Dropout),
            },
        });
    }

    private static AxisSpec Corners(AxisSpec axis) => axis switch
    {
        AxisSpec.Range range => new AxisSpec.Values(AxisGrid.Of(range with { Points = 3 })) { When = range.When },
        AxisSpec.Stepped stepped when stepped.ToList() is { Length: > 3 } list =>
            new AxisSpec.Values([list[0], list[list.Length / 2], list[^1]]) { When = stepped.When },
        _ => axis,
    };

    private static CellKey At(SearchAxes axes, double[][] values, double[] centre, int arm, double value)
    {
        double[] at = [.. centre];
        at[arm] = value;
        Meet(axes, values, at, arm);
        return axes.PointAt(at).Cell;
    }

    /// <summary>Moves the axes that an axis depends on to where it applies.</summary>
    private static void Meet(SearchAxes axes, double[][] values, double[] at, int arm)
    {
        foreach (AxisCondition condition in axes.All[arm].Axis.When?.Conditions ?? [])
        {
            int other = axes.IndexOf(condition.Axis);
            if (!condition.IsMetBy(at[other]))
            {
                at[other] = values[other].Where(condition.IsMetBy).Cast<double?>().FirstOrDefault()
                    ?? (condition.Among is AxisSpec.Range range ? Math.Clamp(at[other], range.Min, range.Max) : at[other]);
            }

            Meet(axes, values, at, other);
        }
    }
}
