using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>A spec's space as samplers see it: a dimension for every axis that has more than one value, active where it applies.</summary>
internal sealed class SampledSpace
{
    /// <summary>Rates are rounded to three digits: so far one at an end may seem to lie outside.</summary>
    private const double Slack = 5e-3;

    /// <summary>Order of the dimensions where none depends on another; stored sweeps rely on it.</summary>
    private static readonly ImmutableArray<string> Names =
        [SearchAxes.MaxLearningRate, SearchAxes.BatchSize, SearchAxes.WeightDecay, SearchAxes.Dropout];

    private readonly SweepSpec _spec;
    private readonly SearchAxes _axes;

    /// <summary>The space of a spec.</summary>
    public SampledSpace(SweepSpec spec)
    {
        _spec = spec;
        _axes = new SearchAxes(spec);
        var dimensions = ImmutableArray.CreateBuilder<Dimension>();
        foreach (string name in Names.OrderBy(_axes.Depth).Concat(_axes.Model.Select(axis => axis.Key)))
        {
            AxisSpec axis = AxisOf(name);
            if (Of(name, axis, ModelAxisOf(name)?.Words ?? []) is { } dimension && Conditions(axis) is { } conditions)
            {
                dimensions.Add(dimension with { When = conditions });
            }
        }

        Space = new SampleSpace(dimensions.ToImmutable());
    }

    /// <summary>The space; at least one dimension where the validator let the spec pass.</summary>
    public SampleSpace Space { get; }

    /// <summary>Cell of a point, and its learning rate: for bounds from a range test the position in [0, 1] between them.</summary>
    public (CellKey Cell, double Rate) Read(Point point)
    {
        (CellKey cell, double rate) = _axes.PointAt([.. _axes.All.Select(axis => ValueOf(point, axis.Name, axis.Axis))]);
        return (
            cell with
            {
                WeightDecay = Rounded(AxisOf(SearchAxes.WeightDecay), cell.WeightDecay),
                Dropout = Rounded(AxisOf(SearchAxes.Dropout), cell.Dropout),
                Model = cell.Model is { } model ? Rounded(model) : null,
            },
            rate);
    }

    /// <summary>Configuration of a point, and its position between the bounds of a range test where it has some.</summary>
    /// <param name="point">The point.</param>
    /// <param name="bounds">Largest rates of the cells; may be null where the spec gives the rates.</param>
    public (Configuration At, double? Position) At(Point point, RateBounds? bounds)
    {
        (CellKey cell, double rate) = Read(point);
        return AxisOf(SearchAxes.MaxLearningRate) switch
        {
            AxisSpec.FromRangeTest axis =>
                (Configuration.At(cell, AxisValues.LearningRate(axis, rate, bounds!.Of(cell), _spec.RangeTest.PullBack)), rate), // nothing is chosen without
            AxisSpec.Stepped => (Configuration.At(cell, rate), null),
            _ => (Configuration.At(cell, AxisValues.Round(rate)), null),
        };
    }

    /// <summary>Whether a share of what a range test found lies within its bounds.</summary>
    public static bool Holds(AxisSpec.FromRangeTest test, double share) => share >= test.Low * (1 - Slack) && share <= test.High * (1 + Slack);

    /// <summary>Point of a cell and a learning rate or position.</summary>
    public Point Write(Configuration at, double? position) => Space.PointOf(
    [
        .. Space.Dimensions.Select(dimension => dimension.Name switch
        {
            SearchAxes.MaxLearningRate => position ?? at.MaxLearningRate,
            SearchAxes.BatchSize => at.BatchSize,
            SearchAxes.WeightDecay => at.WeightDecay,
            SearchAxes.Dropout => at.Dropout,
            var name => ValueOf(at, name),
        }),
    ]);

    /// <summary>Point of a configuration that was not chosen from the space; null where it lies outside.</summary>
    /// <param name="at">Configuration.</param>
    /// <param name="spec">Spec of the space.</param>
    /// <param name="bounds">Largest rates of the cells; null where the spec gives the rates.</param>
    public Point? Find(Configuration at, SweepSpec spec, RateBounds? bounds) =>
        Find(at, bounds is null ? null : at.MaxLearningRate / (bounds.Of(at.Cell) * spec.RangeTest.PullBack));

    /// <summary>Point of a configuration that was not chosen from the space; null where it lies outside.</summary>
    /// <param name="at">Configuration; its learning rate does not matter where the space has bounds from range tests.</param>
    /// <param name="ofLargest">Its rate over the largest that is used in its cell; null where that is not known.</param>
    public Point? Find(Configuration at, double? ofLargest)
    {
        double? position = null;
        if (AxisOf(SearchAxes.MaxLearningRate) is AxisSpec.FromRangeTest test)
        {
            if (ofLargest is not { } share)
            {
                return null;
            }

            if (!Holds(test, share))
            {
                return null;
            }

            position = test.Low.Equals(test.High) ? 1 : Math.Clamp(Math.Log(share / test.Low) / Math.Log(test.High / test.Low), 0, 1);
        }

        // What the axes make of the values is the configuration itself where it lies in the space: also where one does not apply.
        double rate = position ?? at.MaxLearningRate;
        double[] values = [.. _axes.All.Select(axis => ValueOf(at, rate, axis.Name))];
        bool inside = _axes.All.Zip(values, (axis, value) => Holds(axis.Axis, value) || SearchAxes.Elsewhere(axis.Axis).Equals(value)).All(holds => holds)
            && _axes.PointAt(values) == (at.Cell, rate);
        return inside ? Write(at, position) : null;
    }

    private double ValueOf(Configuration at, double rate, string name) => name switch
    {
        SearchAxes.TrainSize => at.TrainSize ?? _spec.Data.TrainSize ?? DataSpec.All, // a sweep of one size does not name it
        SearchAxes.BatchSize => at.BatchSize,
        SearchAxes.WeightDecay => at.WeightDecay,
        SearchAxes.Dropout => at.Dropout,
        SearchAxes.MaxLearningRate => rate,
        _ => ValueOf(at, name),
    };

    /// <summary>Value of an axis of the model's own; NaN where the configuration has none.</summary>
    private double ValueOf(Configuration at, string key)
    {
        ModelAxis axis = ModelAxisOf(key) ?? throw new UnreachableException();
        return axis.Of(at.Model?[axis.Name]);
    }

    private ModelAxis? ModelAxisOf(string key) => _axes.Model.FirstOrDefault(axis => axis.Key == key);

    private ModelSettings? Rounded(ModelSettings settings) => ModelSettings.Of(settings.List.Select(setting =>
        setting.Number is { } number && AxisOf(ModelAxis.Prefix + setting.Name) is AxisSpec.Range ? setting with { Number = AxisValues.Round(number) } : setting));

    private static bool Holds(AxisSpec axis, double value) => axis switch
    {
        AxisSpec.Values values => values.List.Contains(value),
        AxisSpec.Range range => value >= range.Min && value <= range.Max,
        AxisSpec.Stepped stepped => stepped.ToList().Contains(value),
        AxisSpec.FromRangeTest => value is >= 0 and <= 1,
        _ => throw new UnreachableException(),
    };

    private AxisSpec AxisOf(string name) => _axes.All[_axes.IndexOf(name)].Axis;

    private double ValueOf(Point point, string name, AxisSpec axis)
    {
        for (int index = 0; index < Space.Size; index++)
        {
            if (Space.Dimensions[index].Name == name)
            {
                return point.IsActive(index) ? point[index] : SearchAxes.Elsewhere(axis);
            }
        }

        return OnlyValue(axis);
    }

    /// <summary>Value of an axis without a dimension; for bounds of a range test without a distance the upper one.</summary>
    private static double OnlyValue(AxisSpec axis) => axis is AxisSpec.Values list ? list.List[0] : 1;

    /// <summary>What must hold of dimensions for an axis to apply; null where it never does.</summary>
    private ImmutableArray<Condition>? Conditions(AxisSpec axis)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        foreach (AxisCondition condition in axis.When?.Conditions ?? [])
        {
            AxisSpec other = AxisOf(condition.Axis);
            if (Of(condition.Axis, other) is not null)
            {
                conditions.Add(condition.Among switch
                {
                    AxisSpec.Values list => new Condition.Among(condition.Axis, list.List),
                    AxisSpec.Range range => new Condition.Between(condition.Axis, range.Min, range.Max),
                    _ => throw new UnreachableException(),
                });
            }
            else if (condition.IsMetBy(OnlyValue(other)) && Conditions(other) is { } behind)
            {
                conditions.AddRange(behind); // the other has one value: what counts is where it applies
            }
            else
            {
                return null;
            }
        }

        return conditions.ToImmutable();
    }

    /// <summary>Values between are rounded; those in steps are exact.</summary>
    private static double Rounded(AxisSpec axis, double value) => axis is AxisSpec.Stepped ? value : AxisValues.Round(value);

    private static Dimension? Of(string name, AxisSpec axis, ImmutableArray<string> words = default) => axis switch
    {
        AxisSpec.Values { List.Length: 1 } => null,
        AxisSpec.Values when !words.IsDefaultOrEmpty => new Dimension.Choice(name, words), // a value is the place of its word
        AxisSpec.Values values => new Dimension.Stepped(name, [.. values.List.Order()]),
        AxisSpec.Stepped stepped => new Dimension.Stepped(name, stepped.ToList()),
        AxisSpec.Range range when name == SearchAxes.BatchSize =>
            new Dimension.Integer(name, (int)Math.Ceiling(range.Min), (int)Math.Floor(range.Max), range.Log),
        AxisSpec.Range range => new Dimension.Real(name, range.Min, range.Max, range.Log),
        AxisSpec.FromRangeTest test when test.Low.Equals(test.High) => null,
        AxisSpec.FromRangeTest => new Dimension.Real(name, 0, 1),
        _ => throw new UnreachableException(),
    };
}
