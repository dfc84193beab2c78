namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Value of a field where the file is silent.</summary>
/// <param name="Of">The value, given what the file says of other fields.</param>
/// <param name="Words">The default in words; null: the value itself says it.</param>
/// <param name="Constant">Whether it is the same whatever the file says.</param>
/// <param name="Required">Whether the file must not be silent; the value is then only a stand-in while problems are collected.</param>
internal sealed record FieldDefault<T>(Func<SpecValues, T> Of, string? Words, bool Constant = false, bool Required = false);

/// <summary>Makers of defaults.</summary>
internal static class FieldDefault
{
    /// <summary>The same value for every spec.</summary>
    public static FieldDefault<T> Always<T>(T value, string? words = null) => new(_ => value, words, Constant: true);

    /// <summary>A value that depends on other fields.</summary>
    public static FieldDefault<T> By<T>(Func<SpecValues, T> value, string words) => new(value, words);

    /// <summary>No default.</summary>
    public static FieldDefault<T> None<T>(T standIn) => new(_ => standIn, "", Required: true);
}
