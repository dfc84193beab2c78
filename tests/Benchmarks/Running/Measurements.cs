using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sweeper.Tests.Benchmarks.Running;

/// <summary>What a part measured, and where.</summary>
/// <param name="Part">Name of the part.</param>
/// <param name="MeasuredAt">When, UTC.</param>
/// <param name="Machine">Processor cores, memory, system, runtime, load average at the beginning.</param>
/// <param name="Figures">Figures.</param>
internal sealed record Measurements(string Part, DateTimeOffset MeasuredAt, string Machine, IReadOnlyList<Figure> Figures)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>This machine in words, its load included.</summary>
    public static string Here()
    {
        string load = File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";
        double gigabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {gigabytes:0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {load}");
    }

    /// <summary>Reads a file of <see cref="Write"/>.</summary>
    public static Measurements Read(string path) =>
        JsonSerializer.Deserialize<Measurements>(File.ReadAllText(path), Options) ?? throw new JsonException($"{path} holds nothing.");

    /// <summary>Writes <c>PART.json</c> into a folder.</summary>
    /// <returns>The file.</returns>
    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Part + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(this, Options) + "\n");
        return path;
    }
}
