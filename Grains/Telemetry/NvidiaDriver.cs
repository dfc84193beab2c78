using System.Runtime.InteropServices;
using System.Text;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Grains.Telemetry;

/// <summary>Load and memory of the machine's NVIDIA GPUs, from the driver's management library (NVML). No GPU is touched.</summary>
public static partial class NvidiaDriver
{
    private const string Library = "libnvidia-ml.so.1";
    private const int Success = 0;
    private const int TextLength = 96;

    private static readonly Lazy<bool> Available = new(() => NativeLibrary.TryLoad(Library, out _) && Init() == Success);

    /// <summary>Every GPU that answers; empty where there is no such driver.</summary>
    public static IReadOnlyList<GpuReading> Read()
    {
        var readings = new List<GpuReading>();
        if (!Available.Value || GetCount(out uint count) != Success)
        {
            return readings;
        }

        for (uint index = 0; index < count; index++)
        {
            byte[] name = new byte[TextLength];
            byte[] id = new byte[TextLength];
            if (GetHandle(index, out nint gpu) == Success
                && GetName(gpu, name, TextLength) == Success
                && GetUuid(gpu, id, TextLength) == Success
                && GetUtilization(gpu, out Load load) == Success
                && GetMemory(gpu, out Memory memory) == Success)
            {
                readings.Add(new GpuReading(Text(id), Text(name), load.Gpu / 100.0, (long)memory.Used, (long)memory.Total));
            }
        }

        return readings;
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\0');

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Init();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetCount_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetCount(out uint count);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetHandle(uint index, out nint gpu);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetName")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetName(nint gpu, [Out] byte[] name, uint length);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetUUID")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetUuid(nint gpu, [Out] byte[] id, uint length);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetUtilizationRates")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetUtilization(nint gpu, out Load load);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetMemory(nint gpu, out Memory memory);

    /// <summary>Percent of the last sample period.</summary>
    private readonly record struct Load(uint Gpu, uint MemoryBus);

    /// <summary>Bytes.</summary>
    private readonly record struct Memory(ulong Total, ulong Free, ulong Used);
}
