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
    /// <summary>Reads the file.</summary>
    /// <returns>Null where there is none, or where it is not one: the silo writes it whole, so anything else is no silo's.</returns>
    public static SiloDescription? TryRead(string file)
    {
        try
        {
            // Read by hand: a serializer takes longer to get ready than a short command has.
            using var read = JsonDocument.Parse(File.ReadAllBytes(file));
            JsonElement said = read.RootElement;
            var silo = new SiloDescription(
                said.GetProperty("pid").GetInt32(),
                said.GetProperty("gatewayPort").GetInt32(),
                said.GetProperty("httpPort").GetInt32(),
                said.GetProperty("clusterId").GetString() ?? "",
                said.GetProperty("serviceId").GetString() ?? "",
                said.GetProperty("startedAt").GetDateTimeOffset(),
                said.GetProperty("version").GetString() ?? "",
                !said.TryGetProperty("leash", out JsonElement leash) || leash.GetBoolean(),
                Text(said, "page"),
                Text(said, "pageCertificate"));
            return silo is { Pid: > 0, GatewayPort: > 0, HttpPort: > 0, ClusterId: not "", ServiceId: not "" } ? silo : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement said, string name) => said.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

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
