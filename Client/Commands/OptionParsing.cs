using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Commands;

/// <summary>Options whose complaints name the option, the value seen and what is allowed, and no type of this program.</summary>
internal static class OptionParsing
{
    /// <summary>One of an enumeration's words, in any case.</summary>
    public static Option<T> Choice<T>(string name, string? alias, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<T>(name, alias is null ? [] : [alias])
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

    /// <summary>One of an enumeration's words; none where it is not given.</summary>
    public static Option<T?> Word<T>(string name, string description)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => Parse(
                result,
                name,
                string.Join(" or ", words),
                (string text, out T? value) =>
                {
                    bool read = Enum.TryParse(text, ignoreCase: true, out T word) && words.Contains(text.ToLowerInvariant());
                    value = read ? word : null;
                    return read;
                }),
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>A duration greater than 0, as a spec writes it.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result => Parse(
            result,
            name,
            "a duration such as 90d, 12h or 1h30m",
            (string text, out TimeSpan? value) =>
            {
                value = SpecDuration.Read(text);
                return value > TimeSpan.Zero && value < TimeSpan.FromDays(36_500);
            }),
    };

    /// <summary>A moment, or a time before now.</summary>
    public static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "WHEN",
        CustomParser = result => Parse(
            result,
            name,
            "a date such as 2026-11-28, a moment such as 2026-11-28T12:00Z (UTC where no zone is given) or a duration such as 7d",
            (string text, out DateTimeOffset? value) =>
            {
                value = SpecDuration.Read(text) is { } ago && ago < TimeSpan.FromDays(36_500)
                    ? TimeProvider.System.GetUtcNow() - ago
                    : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment.ToUniversalTime() : null;
                return value is not null;
            }),
    };

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

    /// <summary>How many trials are trained as one network.</summary>
    public static Option<string> Fused(string name) => new(name)
    {
        Description = "Trials that differ in numbers only (rate, decay, dropout, seed) and that each slot of the silo of its own trains as one network, to fill a GPU that one of them leaves idle. auto: as many as a short measurement finds good. Default: auto on a GPU, off on a CPU, where results then are the same to the last bit.",
        HelpName = "auto|off|N",
        Recursive = true,
        CustomParser = result => Parse(
            result,
            name,
            FusedSetting.Allowed,
            (string text, out string value) =>
            {
                value = text;
                return text.Length > 0 && FusedSetting.Read(text) is not null;
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
