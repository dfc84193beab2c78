using System.Text.Json;

namespace Sweeper.Silo;

/// <summary>The file by which consoles find the silo of a data folder.</summary>
internal static class SiloFile
{
    /// <summary>Writes it, atomically.</summary>
    public static void Write(DataFolder folder, SiloPorts ports, bool leash, string? page, string? pageCertificate)
    {
        string text = JsonSerializer.Serialize(new
        {
            pid = Environment.ProcessId,
            gatewayPort = ports.Gateway,
            httpPort = ports.Http,
            clusterId = ports.ClusterId,
            serviceId = SiloPorts.ServiceId,
            leash,
            page,
            pageCertificate,
            startedAt = TimeProvider.System.GetUtcNow(),
            version = typeof(SiloFile).Assembly.GetName().Version?.ToString(3),
        });
        string draft = folder.SiloFile + ".tmp";
        File.WriteAllText(draft, text);
        File.Move(draft, folder.SiloFile, overwrite: true);
    }

    /// <summary>Removes it at a clean end.</summary>
    public static void Remove(DataFolder folder) => File.Delete(folder.SiloFile);
}
