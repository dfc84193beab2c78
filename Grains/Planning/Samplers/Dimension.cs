using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>One axis of a search space. A closed family: its cases are the nested types.</summary>
/// <param name="Name">Name, unique in the space.</param>
internal abstract record Dimension(string Name)
{
    /// <summary>When this dimension has a value at all: all of these must hold; none: always.</summary>
    public ImmutableArray<Condition> When { get; init; } = [];

    /// <summary>An interval of real numbers.</summary>
    /// <param name="Name">Name, unique in the space.</param>
    /// <param name="Min">Least value, included; finite.</param>
    /// <param name="Max">Greatest value, included; finite, not less than <paramref name="Min"/>.</param>
    /// <param name="Log">Even in the logarithm (both ends greater than 0) instead of even in the value.</param>
    public sealed record Real(string Name, double Min, double Max, bool Log = false) : Dimension(Name);

    /// <summary>An ordered list of numbers, each as likely as the next whatever their distances.</summary>
    /// <param name="Name">Name, unique in the space.</param>
    /// <param name="Values">The numbers, ascending; finite, at least one.</param>
    public sealed record Stepped(string Name, ImmutableArray<double> Values) : Dimension(Name)
    {
        /// <summary>The numbers from <paramref name="min"/> in steps, as far as <paramref name="max"/> (with some slack for rounding).</summary>
        /// <param name="name">Name, unique in the space.</param>
        /// <param name="min">First number.</param>
        /// <param name="max">Bound of the last number, included; not less than <paramref name="min"/>.</param>
        /// <param name="step">Distance between neighbours; greater than 0.</param>
        public static Stepped Between(string name, double min, double max, double step)
        {
            int steps = (int)Math.Floor(((max - min) / step) + 1e-9);
            return new Stepped(name, [.. Enumerable.Range(0, steps + 1).Select(index => Math.Min(max, min + (index * step)))]);
        }
    }

    /// <summary>An interval of whole numbers; a value is a double without a fraction.</summary>
    /// <param name="Name">Name, unique in the space.</param>
    /// <param name="Min">Least value, included.</param>
    /// <param name="Max">Greatest value, included; not less than <paramref name="Min"/>.</param>
    /// <param name="Log">Even in the logarithm (both ends at least 1) instead of even in the value.</param>
    public sealed record Integer(string Name, int Min, int Max, bool Log = false) : Dimension(Name);

    /// <summary>Alternatives without an order; a value is the index of an option.</summary>
    /// <param name="Name">Name, unique in the space.</param>
    /// <param name="Options">Names of the options; at least one, all different.</param>
    public sealed record Choice(string Name, ImmutableArray<string> Options) : Dimension(Name);
}
