using System.Diagnostics.Metrics;

namespace Sweeper.Contracts.Telemetry;

/// <summary>What the driver says of the GPUs, where there is somebody to ask it.</summary>
public static class GpuGauges
{
    private static Func<IReadOnlyList<GpuReading>> _read = () => [];

    /// <summary>Names who asks the driver; called whenever measurements are collected.</summary>
    public static void ReadWith(Func<IReadOnlyList<GpuReading>> read) => _read = read;

    internal static IEnumerable<Measurement<double>> Utilization() => _read().Select(gpu => new Measurement<double>(gpu.Utilization, Tags(gpu)));

    internal static IEnumerable<Measurement<long>> MemoryUsage() => _read().Select(gpu => new Measurement<long>(gpu.MemoryUsed, Tags(gpu)));

    internal static IEnumerable<Measurement<long>> MemoryLimit() => _read().Select(gpu => new Measurement<long>(gpu.MemoryTotal, Tags(gpu)));

    private static KeyValuePair<string, object?>[] Tags(GpuReading gpu) => [new(Attributes.HardwareId, gpu.Id), new(Attributes.HardwareName, gpu.Name)];
}

/// <summary>A GPU now.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Name">Name.</param>
/// <param name="Utilization">Share of time at work, in [0, 1].</param>
/// <param name="MemoryUsed">Bytes in use.</param>
/// <param name="MemoryTotal">Bytes.</param>
public sealed record GpuReading(string Id, string Name, double Utilization, long MemoryUsed, long MemoryTotal);
