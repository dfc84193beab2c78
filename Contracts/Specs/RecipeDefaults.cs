using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs;

/// <summary>Space of <see cref="SearchStrategy.SuperConvergence"/> where the spec is silent.</summary>
public static class RecipeDefaults
{
    private static readonly ImmutableArray<string> DeepModels = ["resnet", "wrn"];

    /// <summary>Most of a full training that all first range tests take together; ours.</summary>
    public const double RangeTestShare = 0.5;

    /// <summary>Two rates in every cell: the range test's maximum, and about a third of it.</summary>
    public static AxisSpec.FromRangeTest Rates { get; } = new(Low: 0.35, High: 1, Points: 2);

    /// <summary>Batch sizes: a usual one and a large one, since large rates want large batches (arXiv:1803.09820, section 4.2).</summary>
    public static ImmutableArray<double> BatchSizes { get; } = [128, 512];

    /// <summary>Weight decays: deep networks want less of it (arXiv:1803.09820, section 4.4).</summary>
    /// <param name="model">Name of the model.</param>
    public static ImmutableArray<double> WeightDecays(string model) =>
        DeepModels.Any(prefix => model.StartsWith(prefix, StringComparison.Ordinal)) ? [1e-5, 1e-4, 1e-3] : [1e-4, 1e-3, 1e-2];
}
