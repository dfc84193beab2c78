using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sweeper.Client.Rendering;

namespace Sweeper.Client.Reporting;

/// <summary>Results for programs: snake_case names, words in snake_case, numbers that are none as null.</summary>
internal static class JsonOutput
{
    /// <summary>How everything is written.</summary>
    public static JsonSerializerOptions Options { get; } = Create(indented: true);

    private static readonly JsonSerializerOptions OneLine = Create(indented: false);

    /// <summary>Writes a value with a newline at its end.</summary>
    public static void Write<T>(Terminal terminal, T value) => terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Writes a value on a line of its own.</summary>
    public static void WriteLine<T>(Terminal terminal, T value)
    {
        terminal.Out.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(value, OneLine));
        terminal.Out.Profile.Out.Writer.Flush();
    }

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions
        {
            WriteIndented = indented,
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.Converters.Add(new FiniteNumber());
        return options;
    }

    /// <summary>JSON has no NaN and no infinity.</summary>
    private sealed class FiniteNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        public override bool HandleNull => true;
    }
}
