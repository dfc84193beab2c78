using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sweeper.Client.Commands;

/// <summary>Options whose complaints name the option, the value seen and what is allowed, and no type of this program.</summary>
internal static class OptionParsing
{
    /// <summary>One of an enumeration's words, in any case.</summary>
    public static Option<T> Choice<T>(string name, string alias, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<T>(name, alias)
        {
            Description = $"{description} Default: {words[0]}.",
            HelpName = string.Join('|', words),
            CustomParser = result => Parse(
                result,
                name,
                string.Join(" or ", words),
                (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && words.Contains(text.ToLowerInvariant())),
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>A whole number of at least 1.</summary>
    public static Option<int?> Positive(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(
            result,
            name,
            "a whole number of at least 1",
            (string text, out int? value) =>
            {
                bool read = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
                value = number;
                return read && number >= 1;
            }),
    };

    /// <summary>A number greater than 0.</summary>
    public static Option<double?> Size(string name, string help, string description) => Number(name, help, description, "a number greater than 0", number => number > 0);

    /// <summary>A number; what it may be is the spec's business.</summary>
    public static Option<double?> Number(string name, string description) => Number(name, "N", description, "a number", _ => true);

    private static Option<double?> Number(string name, string help, string description, string allowed, Func<double, bool> allows) => new(name)
    {
        Description = description,
        HelpName = help,
        CustomParser = result => Parse(
            result,
            name,
            allowed,
            (string text, out double? value) =>
            {
                bool read = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
                value = number;
                return read && double.IsFinite(number) && allows(number);
            }),
    };

    private delegate bool Reader<T>(string text, out T value);

    private static T? Parse<T>(ArgumentResult result, string name, string allowed, Reader<T> read)
    {
        string text = result.Tokens[^1].Value;
        if (read(text, out T value))
        {
            return value;
        }

        result.AddError($"{name} must be {allowed}, not '{text}'.");
        return default;
    }
}
