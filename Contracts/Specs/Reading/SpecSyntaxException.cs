namespace Sweeper.Contracts.Specs.Reading;

/// <summary>A text is no YAML, or YAML that specs do not use. Caught by <see cref="SpecReader"/>, which reports it as a problem.</summary>
/// <param name="message">What is wrong and what would be right.</param>
/// <param name="line">Line, counted from 1; 0 for a setting that stands in no file.</param>
/// <param name="path">Path of a setting; empty for the text as a whole.</param>
/// <param name="value">The setting as written.</param>
internal sealed class SpecSyntaxException(string message, int line, string path = "", string? value = null) : Exception(message)
{
    /// <summary>Line, counted from 1; 0 for a setting that stands in no file.</summary>
    public int Line { get; } = line;

    /// <summary>Path of a setting; empty for the text as a whole.</summary>
    public string Path { get; } = path;

    /// <summary>The setting as written; null for the text as a whole.</summary>
    public string? Value { get; } = value;
}
