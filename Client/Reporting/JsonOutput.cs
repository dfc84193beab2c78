using System.Text.Json;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Json;

namespace Sweeper.Client.Reporting;

/// <summary>Results for programs, as <see cref="ResultsJson"/> writes them, on a terminal.</summary>
internal static class JsonOutput
{
    /// <summary>How everything is written.</summary>
    public static JsonSerializerOptions Options => ResultsJson.Indented;

    /// <summary>Writes a value with a newline at its end.</summary>
    public static void Write<T>(Terminal terminal, T value) => terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Writes a value on a line of its own.</summary>
    public static void WriteLine<T>(Terminal terminal, T value)
    {
        terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, ResultsJson.OneLine));
        terminal.Out.Profile.Out.Writer.Flush();
    }
}
