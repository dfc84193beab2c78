using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Sweeps;

/// <summary>Events as they are stored.</summary>
internal static class EventJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The row of an event.</summary>
    /// <param name="sequence">Number within the sweep, from 1.</param>
    /// <param name="change">The event.</param>
    public static StoredEvent Write(long sequence, SweepEvent change) =>
        new(sequence, change.At, change.GetType().Name, JsonSerializer.Serialize(change, Options));

    /// <summary>The event of a row.</summary>
    /// <exception cref="JsonException">The row was not written by this program.</exception>
    public static SweepEvent Read(StoredEvent stored) =>
        JsonSerializer.Deserialize<SweepEvent>(stored.Payload, Options)
        ?? throw new JsonException($"Event {stored.Sequence} is empty.");
}
