using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>A spec's space as samplers see it: a dimension for every axis that has more than one value.</summary>
internal sealed class SampledSpace
{
    /// <summary>Rates are rounded to three digits: so far one at an end may seem to lie outside.</summary>
    private const double Slack = 5e-3;

    private const string Rate = "max_lr";
    private const string Batch = "batch_size";
    private const string Decay = "weight_decay";
    private const string Drop = "dropout";

    private readonly SearchSpec _search;

    /// <summary>The space of a search.</summary>
    public SampledSpace(SearchSpec search)
    {
        _search = search;
        Space = new SampleSpace(
        [
            .. Of(Rate, search.MaxLearningRate, whole: false),
            .. Of(Batch, search.BatchSize, whole: true),
            .. Of(Decay, search.WeightDecay, whole: false),
            .. Of(Drop, search.Dropout, whole: false),
        ]);
    }

    /// <summary>The space; at least one dimension where the validator let the spec pass.</summary>
    public SampleSpace Space { get; }

    /// <summary>Cell of a point, and its learning rate: for bounds from a range test the position in [0, 1] between them.</summary>
    public (CellKey Cell, double Rate) Read(Point point) => (
        new CellKey(
            (int)Math.Round(Value(point, Batch, _search.BatchSize)),
            AxisValues.Round(Value(point, Decay, _search.WeightDecay)),
            AxisValues.Round(Value(point, Drop, _search.Dropout))),
        Value(point, Rate, _search.MaxLearningRate));

    /// <summary>Point of a cell and a learning rate or position.</summary>
    public Point Write(Configuration at, double? position) => new(
    [
        .. Space.Dimensions.Select(dimension => dimension.Name switch
        {
            Rate => position ?? at.MaxLearningRate,
            Batch => at.BatchSize,
            Decay => at.WeightDecay,
            Drop => at.Dropout,
            _ => throw new UnreachableException(),
        }),
    ]);

    /// <summary>Point of a configuration that was not chosen from the space; null where it lies outside.</summary>
    /// <param name="at">Configuration.</param>
    /// <param name="spec">Spec of the space.</param>
    /// <param name="bounds">Largest rates of the cells; null where the spec gives the rates.</param>
    public Point? Find(Configuration at, SweepSpec spec, RateBounds? bounds)
    {
        double? position = null;
        if (_search.MaxLearningRate is AxisSpec.FromRangeTest test)
        {
            if (bounds is null)
            {
                return null;
            }

            double largest = bounds.Of(new CellKey(at.BatchSize, at.WeightDecay, at.Dropout)) * spec.RangeTest.PullBack;
            double share = at.MaxLearningRate / largest;
            if (share < test.Low * (1 - Slack) || share > test.High * (1 + Slack))
            {
                return null;
            }

            position = test.Low.Equals(test.High) ? 1 : Math.Clamp(Math.Log(share / test.Low) / Math.Log(test.High / test.Low), 0, 1);
        }
        else if (!Holds(_search.MaxLearningRate, at.MaxLearningRate))
        {
            return null;
        }

        bool inside = Holds(_search.BatchSize, at.BatchSize) && Holds(_search.WeightDecay, at.WeightDecay) && Holds(_search.Dropout, at.Dropout);
        return inside ? Write(at, position) : null;
    }

    private static bool Holds(AxisSpec axis, double value) => axis switch
    {
        AxisSpec.Values values => values.List.Contains(value),
        AxisSpec.Range range => value >= range.Min && value <= range.Max,
        _ => throw new UnreachableException(),
    };

    private double Value(Point point, string name, AxisSpec axis)
    {
        for (int index = 0; index < Space.Size; index++)
        {
            if (Space.Dimensions[index].Name == name)
            {
                return point[index];
            }
        }

        return axis is AxisSpec.Values { List: [double only] } ? only : 1; // bounds of a range test without a distance: the upper one
    }

    private static IEnumerable<Dimension> Of(string name, AxisSpec axis, bool whole) => axis switch
    {
        AxisSpec.Values { List.Length: 1 } => [],
        AxisSpec.Values values => [new Dimension.Stepped(name, [.. values.List.Order()])],
        AxisSpec.Range range when whole => [new Dimension.Integer(name, (int)Math.Ceiling(range.Min), (int)Math.Floor(range.Max), range.Log)],
        AxisSpec.Range range => [new Dimension.Real(name, range.Min, range.Max, range.Log)],
        AxisSpec.FromRangeTest test when test.Low.Equals(test.High) => [],
        AxisSpec.FromRangeTest => [new Dimension.Real(name, 0, 1)],
        _ => throw new UnreachableException(),
    };
}
