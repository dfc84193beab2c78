using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>Where contenders train: the first GPU, or the CPU where there is none.</summary>
internal static class BenchmarkDevice
{
    /// <summary>Whether there is a GPU.</summary>
    public static bool IsCuda => TorchRuntime.Devices[0].Name != TorchDevice.CpuName;

    /// <summary>The device.</summary>
    public static Device Get() => TorchRuntime.Devices[0].ToTorch();

    /// <summary>Waits until the device has done what it was given; a GPU answers before.</summary>
    public static void Wait()
    {
        if (IsCuda)
        {
            cuda.synchronize();
        }
    }
}
