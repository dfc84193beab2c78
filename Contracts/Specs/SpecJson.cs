using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>
/// Specs as canonical JSON: every setting, in the order of the records, so that equal specs have equal text. This is the form
/// that the store keeps; what a user writes in JSON is read by <see cref="SpecReader"/>.
/// </summary>
public static class SpecJson
{
    /// <summary>Canonical JSON on one line.</summary>
    public static string Write(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return JsonSerializer.Serialize(spec, SpecJsonContext.Default.SweepSpec);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; the result equals what was written, bit for bit.</summary>
    /// <exception cref="JsonException">The text is no canonical JSON of a spec: a member is missing, unknown, double or of another type.</exception>
    public static SweepSpec Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return JsonSerializer.Deserialize(json, SpecJsonContext.Default.SweepSpec)
               ?? throw new JsonException("a spec is stored as null");
    }
}

/// <summary>Serialisers of the spec's records; generated, so that the order of members is the order of declaration.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SweepSpec))]
internal sealed partial class SpecJsonContext : JsonSerializerContext;
