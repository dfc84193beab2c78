using System.Diagnostics;
using System.Text.Json;

namespace Sweeper.Client.Connecting;

/// <summary>What a serving silo says about itself in <c>silo.json</c>.</summary>
/// <param name="Pid">Process.</param>
/// <param name="GatewayPort">Port on loopback where clients connect.</param>
/// <param name="HttpPort">Port on loopback of health and leash.</param>
/// <param name="ClusterId">Identity of the cluster.</param>
/// <param name="ServiceId">Identity of the service.</param>
/// <param name="StartedAt">Start, UTC.</param>
/// <param name="Version">Version of the silo.</param>
/// <param name="Leash">Whether it ends when no console holds its leash any more.</param>
/// <param name="Page">Where its live page is; null where it serves none.</param>
/// <param name="PageCertificate">SHA-256 of the certificate that the page shows, hexadecimal; null where it speaks plain HTTP.</param>
internal sealed record SiloDescription(
    int Pid, int GatewayPort, int HttpPort, string ClusterId, string ServiceId, DateTimeOffset StartedAt, string Version, bool Leash = true, string? Page = null,
    string? PageCertificate = null)
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the file.</summary>
    /// <returns>Null where there is none, or where it is not one: the silo writes it whole, so anything else is no silo's.</returns>
    public static SiloDescription? TryRead(string file)
    {
        try
        {
            SiloDescription? read = JsonSerializer.Deserialize<SiloDescription>(File.ReadAllBytes(file), Camel);
            return read is { Pid: > 0, GatewayPort: > 0, HttpPort: > 0, ClusterId: not null, ServiceId: not null } ? read : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the process still exists. Its number may have been given to another one since.</summary>
    public bool ProcessExists()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
