using System.Text.RegularExpressions;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Forms of text in a spec.</summary>
internal static partial class SpecPatterns
{
    /// <summary>Characters in the longest name of a sweep.</summary>
    public const int LongestName = 60;

    /// <summary>Name of a sweep; safe as a file name and as an argument on a command line.</summary>
    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,59}\z", RegexOptions.CultureInvariant)]
    public static partial Regex SweepName();

    /// <summary>Name of a data set or a model; which names there are is checked apart.</summary>
    [GeneratedRegex(@"^[^\s]+\z", RegexOptions.CultureInvariant)]
    public static partial Regex Word();

    /// <summary>Name of a plug-in: of a file in one folder, never a path.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}\z", RegexOptions.CultureInvariant)]
    public static partial Regex PluginName();

    /// <summary>Name of a metric of a user's own.</summary>
    [GeneratedRegex(@"^[a-z][a-z0-9_-]{0,39}\z", RegexOptions.CultureInvariant)]
    public static partial Regex MetricName();

    /// <summary>SHA-256, hexadecimal.</summary>
    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    public static partial Regex Sha256();

    /// <summary>Name of a hyperparameter of a model.</summary>
    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z", RegexOptions.CultureInvariant)]
    public static partial Regex SettingName();

    /// <summary>Word that a hyperparameter of a model takes.</summary>
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]{0,39}\z", RegexOptions.CultureInvariant)]
    public static partial Regex SettingWord();

    /// <summary>Path of a file or folder; no control characters, no halves of characters.</summary>
    [GeneratedRegex(@"^([^\x00-\x1F\uD800-\uDFFF]|[\uD800-\uDBFF][\uDC00-\uDFFF])+\z", RegexOptions.CultureInvariant)]
    public static partial Regex FilePath();

    /// <summary>A form as a JSON schema writes it, whose regular expressions know no <c>\z</c>.</summary>
    public static string ForSchema(Regex form) => form.ToString().Replace("\\z", "$", StringComparison.Ordinal);
}
