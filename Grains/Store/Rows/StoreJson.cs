using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Store.Rows;

/// <summary>JSON columns: names in snake_case, NaN and infinities as text, absent values left out.</summary>
internal static class StoreJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
    };

    /// <summary>An outcome, its kind included; null for null.</summary>
    public static string? Of(JobOutcome? outcome) => outcome is null ? null : JsonSerializer.Serialize(outcome, Options);

    /// <summary>Circumstances of an attempt; null for null.</summary>
    public static string? Of(RunInfo? run) => run is null ? null : JsonSerializer.Serialize(run, Options);

    /// <summary>A trial's plan; null for null.</summary>
    public static string? Of(TrialPlan? plan) => plan is null ? null : JsonSerializer.Serialize(plan, Options);

    /// <summary>What a range test repeats; null for null.</summary>
    public static string? Of(RangeTestRepeat? repeat) => repeat is null ? null : JsonSerializer.Serialize(repeat, Options);

    /// <summary>Settings of a model of a user's own; null for null.</summary>
    public static string? Of(ModelSettings? settings) => settings is null ? null : JsonSerializer.Serialize(settings, Options);

    /// <summary>Curves, as UTF-8.</summary>
    public static byte[] Of(JobCurves curves) => JsonSerializer.SerializeToUtf8Bytes(curves, Options);

    /// <summary>What <c>Of</c> wrote; null for null.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static T? Read<T>(string? json)
        where T : class => json is null ? null : Required<T>(JsonSerializer.Deserialize<T>(json, Options));

    /// <summary>What <c>Of</c> wrote, as UTF-8.</summary>
    /// <exception cref="JsonException">The bytes are something else.</exception>
    public static T Read<T>(Stream json)
        where T : class => Required<T>(JsonSerializer.Deserialize<T>(json, Options));

    /// <summary>Name by which an outcome's kind goes in JSON and SQL; null for null.</summary>
    public static string? KindOf(JobOutcome? outcome) => outcome is null ? null : OutcomeText.Kind(outcome);

    private static T Required<T>(T? value)
        where T : class => value ?? throw new JsonException($"'null' is not a {typeof(T).Name}.");
}
