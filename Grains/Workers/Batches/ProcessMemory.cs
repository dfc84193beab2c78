using System.Globalization;

namespace Sweeper.Grains.Workers.Batches;

/// <summary>What this process takes of the machine's memory, and what the machine has left. Linux only.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";

    private const string Peaks = "/proc/self/clear_refs";

    /// <summary>What resets the peak; proc(5).</summary>
    private const string ResetPeak = "5";

    /// <summary>Bytes that are resident now; null where the machine does not say.</summary>
    public static long? Resident => Field(Status, "VmRSS:");

    /// <summary>Most bytes that were resident since <see cref="Reset"/>; null where the machine does not say.</summary>
    public static long? Peak => Field(Status, "VmHWM:");

    /// <summary>Bytes that new work can take without swapping: what the kernel estimates, and no more than a container's limit leaves.</summary>
    public static long? Free
    {
        get
        {
            long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - (Resident ?? 0);
            return Field("/proc/meminfo", "MemAvailable:") is { } available ? Math.Max(0, Math.Min(available, limit)) : null;
        }
    }

    /// <summary>Starts a new peak; false where the machine has none.</summary>
    public static bool Reset()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            File.WriteAllText(Peaks, ResetPeak);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // a hardened container: the search goes without
        }
    }

    private static long? Field(string file, string name)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        string? line = File.ReadLines(file).FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal));
        return line?[name.Length..].Trim().Split(' ')[0] is { } number ? long.Parse(number, CultureInfo.InvariantCulture) * 1024 : null;
    }
}
