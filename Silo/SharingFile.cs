using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sweeper.Grains.Workers.Sharing;

namespace Sweeper.Silo;

/// <summary>
/// Quotas from a JSON file:
/// <c>{"default": {"devices": 2, "jobs": 4}, "users": {"anna": {"devices": 8}}, "yield_after_seconds": 60}</c>; every part may be missing.
/// </summary>
internal static class SharingFile
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
    };

    /// <summary>Largest file that is read.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>Reads it.</summary>
    /// <param name="path">File; empty: there is none.</param>
    /// <exception cref="SiloStartException">It cannot be read, or something in it makes no sense; the message lists everything.</exception>
    public static SharingRules Read(string path)
    {
        if (path.Length == 0)
        {
            return SharingRules.Usual;
        }

        try
        {
            Content file = JsonSerializer.Deserialize<Content>(Text(path), Form) ?? new Content();
            ImmutableDictionary<string, SlotQuota> users = file.Users ?? ImmutableDictionary<string, SlotQuota>.Empty;
            string[] problems =
            [
                .. Problems("default", file.Default),
                .. users.OrderBy(user => user.Key, StringComparer.Ordinal).SelectMany(user => Problems($"users.{user.Key}", user.Value)),
                .. file.YieldAfterSeconds is >= 0 and <= 86_400 ? [] : (string[])["yield_after_seconds must be in [0, 86400]"],
            ];
            return problems.Length == 0
                ? new SharingRules(file.Default, users, TimeSpan.FromSeconds(file.YieldAfterSeconds))
                : throw Bad(path, string.Join("; ", problems) + ".");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw Bad(path, error.Message);
        }
    }

    private static byte[] Text(string path)
    {
        // One byte past the limit is enough to know; a device would never end.
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[MostBytes + 1];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read <= MostBytes ? bytes[..read] : throw Bad(path, $"it is larger than {MostBytes / 1024} KiB.");
    }

    private static IEnumerable<string> Problems(string where, SlotQuota? quota)
    {
        if (quota is { Devices: not null and not > 0 })
        {
            yield return $"{where}.devices must be greater than 0";
        }

        if (quota?.Jobs is < 1)
        {
            yield return $"{where}.jobs must be at least 1";
        }

        if (quota is { DeviceHours: not null and not > 0 })
        {
            yield return $"{where}.device_hours must be greater than 0";
        }

        if (quota?.PerDays is < 1 or > SlotQuota.MostDays)
        {
            yield return $"{where}.per_days must be in [1, {SlotQuota.MostDays}]";
        }
    }

    private static SiloStartException Bad(string path, string problem) => new(
        SiloExit.BadOptions,
        $"the quotas in {path} cannot be used: {problem} It must look like {{\"default\": {{\"devices\": 2, \"jobs\": 4}}, \"users\": {{\"anna\": {{\"devices\": 8}}}}}}.");

    private sealed record Content(
        SlotQuota? Default = null, ImmutableDictionary<string, SlotQuota>? Users = null, double YieldAfterSeconds = 60);
}
