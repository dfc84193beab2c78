using System.Collections.Immutable;
using System.Diagnostics;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>When a dimension is active: something that the value of an earlier dimension must be. Never met where that one is inactive.</summary>
/// <param name="On">Name of the earlier dimension.</param>
internal abstract record Condition(string On)
{
    /// <summary>The other dimension takes one of some values.</summary>
    /// <param name="On">Name of the earlier dimension.</param>
    /// <param name="Values">The values; of a choice the options' indices.</param>
    public sealed record Among(string On, ImmutableArray<double> Values) : Condition(On);

    /// <summary>The other dimension lies in an interval.</summary>
    /// <param name="On">Name of the earlier dimension.</param>
    /// <param name="Min">Lower end, included.</param>
    /// <param name="Max">Upper end, included.</param>
    public sealed record Between(string On, double Min, double Max) : Condition(On);

    /// <summary>Whether a value of the other dimension meets the condition.</summary>
    /// <param name="value">The value; NaN where that dimension is inactive.</param>
    public bool IsMetBy(double value) => this switch
    {
        Among among => !double.IsNaN(value) && among.Values.Contains(value),
        Between between => value >= between.Min && value <= between.Max,
        _ => throw new UnreachableException(),
    };
}
