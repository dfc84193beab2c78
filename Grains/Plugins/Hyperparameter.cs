using System.Globalization;

namespace Sweeper.Plugins;

/// <summary>A hyperparameter that a model declares. A closed family: its kinds are the nested types.</summary>
/// <param name="Name">Lower-case letters, digits and '_', a letter first, at most 40.</param>
public abstract record Hyperparameter(string Name)
{
    /// <summary>What it takes, in words.</summary>
    public abstract string Words { get; }

    /// <summary>A whole number.</summary>
    /// <param name="Name">Name.</param>
    /// <param name="Min">Least value.</param>
    /// <param name="Max">Greatest value.</param>
    /// <param name="Default">Value where a spec is silent.</param>
    public sealed record Whole(string Name, int Min, int Max, int Default) : Hyperparameter(Name)
    {
        /// <inheritdoc/>
        public override string Words => $"a whole number in [{Min}, {Max}]";
    }

    /// <summary>A number.</summary>
    /// <param name="Name">Name.</param>
    /// <param name="Min">Least value.</param>
    /// <param name="Max">Greatest value.</param>
    /// <param name="Default">Value where a spec is silent.</param>
    public sealed record Real(string Name, double Min, double Max, double Default) : Hyperparameter(Name)
    {
        /// <inheritdoc/>
        public override string Words => string.Create(CultureInfo.InvariantCulture, $"a number in [{Min}, {Max}]");
    }

    /// <summary>One of a few words.</summary>
    /// <param name="Name">Name.</param>
    /// <param name="Default">Word where a spec is silent; one of <paramref name="Options"/>.</param>
    /// <param name="Options">The words: letters, digits, '_', '.' and '-', a letter first.</param>
    public sealed record Choice(string Name, string Default, params string[] Options) : Hyperparameter(Name)
    {
        /// <inheritdoc/>
        public override string Words => $"one of {string.Join(", ", Options)}";
    }
}
