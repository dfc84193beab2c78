using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>Lengths and shares of the recipe, all in terms of the spec's own run.</summary>
/// <param name="Rungs">Lengths of the cycles in epochs, shortest first; the last is the spec's.</param>
/// <param name="RangeTestEpochs">Length of a range test where nothing shortens it, epochs.</param>
internal sealed record RecipeSettings(ImmutableArray<double> Rungs, double RangeTestEpochs)
{
    /// <summary>How much longer a range test is repeated that rose too fast (arXiv:1803.09820, section 4.1).</summary>
    public const double RepeatFactor = 4;

    /// <summary>Length of a full run, epochs.</summary>
    public double Full => Rungs[^1];

    /// <summary>Settings of a spec.</summary>
    public static RecipeSettings Of(SweepSpec spec) => new(RecipeSize.Rungs(spec.Training.Epochs), spec.RangeTest.Epochs);

    /// <summary>Length of the first range tests over the spec's: all of them together stay within their share.</summary>
    /// <param name="cells">How many there are.</param>
    public double RangeTestFactor(int cells) =>
        Math.Min(1, RecipeDefaults.RangeTestShare * Full / (Math.Max(1, cells) * RangeTestEpochs));
}
