using System.Collections.Frozen;
using System.Text.Json;

namespace Sweeper.Grains.Store.Rows;

/// <summary>An enum's values as SQL shows them: <c>range_test</c> for <c>RangeTest</c>.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal static class EnumText<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> Names =
        Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Name of a value.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>Value of a name.</summary>
    public static T Parse(string name) => Values.TryGetValue(name, out T value)
        ? value
        : throw new FormatException($"'{name}' is not a {typeof(T).Name}.");
}
