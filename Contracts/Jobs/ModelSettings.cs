using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Jobs;

/// <summary>Values of the hyperparameters that a model of a user's own declares, as JSON an object: <c>{"activation": "gelu", "width": 64}</c>.</summary>
/// <param name="List">The values by name, in ordinal order, each once.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelSettings")]
[JsonConverter(typeof(ModelSettingsConverter))]
public sealed record ModelSettings(ImmutableArray<ModelSetting> List)
{
    /// <summary>Values in any order; null where there are none.</summary>
    public static ModelSettings? Of(IEnumerable<ModelSetting> settings)
    {
        ImmutableArray<ModelSetting> list = [.. settings.OrderBy(setting => setting.Name, StringComparer.Ordinal)];
        return list.IsEmpty ? null : new ModelSettings(list);
    }

    /// <summary>The value of a name; null where there is none.</summary>
    public ModelSetting? this[string name] => List.FirstOrDefault(setting => setting.Name == name);

    /// <summary>Whether both have the same values; an immutable array alone compares by reference.</summary>
    public bool Equals(ModelSettings? other) => other is not null && List.AsSpan().SequenceEqual(other.List.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => List.Aggregate(0, HashCode.Combine);

    /// <summary>One line for a person.</summary>
    public override string ToString() => string.Join(" · ", List.Select(setting => $"{setting.Name} {setting.Text}"));
}

/// <summary>Value of one of a model's own hyperparameters: a number or a word.</summary>
/// <param name="Name">Name, as the model declares it.</param>
/// <param name="Number">The number; null where it is a word.</param>
/// <param name="Word">The word; null where it is a number.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelSetting")]
public sealed record ModelSetting(string Name, double? Number, string? Word = null)
{
    /// <summary>The value as one would write it.</summary>
    public string Text => Word ?? Number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Writes settings as one object, a number or a text a member.</summary>
internal sealed class ModelSettingsConverter : JsonConverter<ModelSettings>
{
    /// <inheritdoc/>
    public override ModelSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a model's settings are an object");
        }

        var list = new List<ModelSetting>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!; // a property name is never null
            reader.Read();
            list.Add(reader.TokenType == JsonTokenType.Number ? new ModelSetting(name, reader.GetDouble()) : new ModelSetting(name, null, reader.GetString()));
        }

        return ModelSettings.Of(list) ?? new ModelSettings([]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ModelSettings value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (ModelSetting setting in value.List)
        {
            if (setting.Number is { } number)
            {
                writer.WriteNumber(setting.Name, number);
            }
            else
            {
                writer.WriteString(setting.Name, setting.Word);
            }
        }

        writer.WriteEndObject();
    }
}
