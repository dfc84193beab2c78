using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Jobs;

/// <summary>Values of metrics of the user's own, as JSON an object: <c>{"kappa": 0.81}</c>. The more, the better.</summary>
/// <param name="List">The values by name, in ordinal order, each once.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.OwnMetrics")]
[JsonConverter(typeof(OwnMetricsConverter))]
public sealed record OwnMetrics(ImmutableArray<OwnMetricValue> List)
{
    /// <summary>Values in any order; null where there are none.</summary>
    /// <param name="values">Values.</param>
    public static OwnMetrics? Of(IEnumerable<OwnMetricValue> values)
    {
        ImmutableArray<OwnMetricValue> list = [.. values.OrderBy(one => one.Name, StringComparer.Ordinal)];
        return list.IsEmpty ? null : new OwnMetrics(list);
    }

    /// <summary>The value of a name; null where there is none.</summary>
    public double? this[string name] => List.FirstOrDefault(one => one.Name == name)?.Value;

    /// <summary>Mean of several, name by name; null where one of them has none.</summary>
    /// <param name="all">Values of replicates.</param>
    public static OwnMetrics? Mean(IReadOnlyCollection<OwnMetrics?> all) => all.Count == 0 || all.Contains(null)
        ? null
        : Of(all.SelectMany(one => one!.List).GroupBy(one => one.Name, StringComparer.Ordinal) // none of them is null
            .Where(group => group.Count() == all.Count)
            .Select(group => new OwnMetricValue(group.Key, group.Average(one => one.Value))));

    /// <summary>Whether both have the same values; an immutable array alone compares by reference.</summary>
    public bool Equals(OwnMetrics? other) => other is not null && List.AsSpan().SequenceEqual(other.List.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => List.Aggregate(0, HashCode.Combine);
}

/// <summary>Value of a metric of the user's own.</summary>
/// <param name="Name">Name of the metric.</param>
/// <param name="Value">Finite.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.OwnMetricValue")]
public sealed record OwnMetricValue(string Name, double Value);

/// <summary>Writes values as one object.</summary>
internal sealed class OwnMetricsConverter : JsonConverter<OwnMetrics>
{
    /// <inheritdoc/>
    public override OwnMetrics Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("metrics of the user's own are an object");
        }

        var list = new List<OwnMetricValue>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!; // a property name is never null
            reader.Read();
            list.Add(new OwnMetricValue(name, reader.GetDouble()));
        }

        return OwnMetrics.Of(list) ?? new OwnMetrics([]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, OwnMetrics value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (OwnMetricValue one in value.List)
        {
            writer.WriteNumber(one.Name, one.Value);
        }

        writer.WriteEndObject();
    }
}
