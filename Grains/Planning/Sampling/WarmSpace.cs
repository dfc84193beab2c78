using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>Which configurations of earlier sweeps lie in the space of a later one. Pure.</summary>
internal sealed class WarmSpace(SweepSpec spec)
{
    private readonly SampledSpace? _space = spec.Search.Strategy == SearchStrategy.SuperConvergence ? null : new SampledSpace(spec);

    /// <summary>Whether a rate must be known as a share of what a range test found.</summary>
    public bool NeedsShare => spec.Search.MaxLearningRate is AxisSpec.FromRangeTest;

    /// <summary>Whether a result lies in the space. The recipe looks between and around its values, so what lies between counts there.</summary>
    public bool Holds(PriorResult result) => _space is null
        ? InRecipe(result.Configuration, result.Share)
        : _space.Find(result.Configuration, result.Share / spec.RangeTest.PullBack) is not null;

    private bool InRecipe(Configuration at, double? share) =>
        share / spec.RangeTest.PullBack is { } part
        && spec.Search.MaxLearningRate is AxisSpec.FromRangeTest test
        && SampledSpace.Holds(test, part)
        && ModelAxes.At(at.Model) == spec.Model.Settings
        && AxisValues.OfGrid(spec.Search.BatchSize).Contains(at.BatchSize)
        && Between(spec.Search.WeightDecay, at.WeightDecay)
        && Between(spec.Search.Dropout, at.Dropout);

    private static bool Between(AxisSpec axis, double value)
    {
        ImmutableArray<double> values = AxisValues.OfGrid(axis);
        return value >= values.Min() && value <= values.Max();
    }
}
