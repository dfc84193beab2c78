using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis;

/// <summary>The box of factor values that trials span.</summary>
internal sealed class FactorSpace
{
    private readonly ImmutableArray<FactorScale> _all;

    /// <summary>The box that the outcomes span.</summary>
    /// <param name="outcomes">At least one.</param>
    public FactorSpace(IReadOnlyCollection<Outcome> outcomes)
    {
        _all = [.. Enum.GetValues<Factor>().Select(factor => new FactorScale(factor, [.. outcomes.Select(outcome => outcome[factor])]))];
        Varying = [.. _all.Where(scale => scale.Varies)];
    }

    /// <summary>Scales of the factors that vary, in their order.</summary>
    public ImmutableArray<FactorScale> Varying { get; }

    /// <summary>Scale of a factor, whether it varies or not.</summary>
    public FactorScale this[Factor factor] => _all[(int)factor];

    /// <summary>Place of a factor among those that vary; -1 where it does not.</summary>
    public int IndexOf(Factor factor) => Varying.IndexOf(this[factor]);

    /// <summary>Scaled values of the factors that vary, each in [-1, 1].</summary>
    public double[] Point(Outcome outcome) => [.. Varying.Select(scale => scale.Scale(outcome[scale.Factor]))];
}
