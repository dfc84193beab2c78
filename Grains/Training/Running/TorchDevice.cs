using System.Collections.Immutable;
using System.Globalization;
using TorchSharp;

namespace Sweeper.Training.Running;

/// <summary>A device that runs can use.</summary>
/// <param name="Name">Torch's name for it: <c>cpu</c> or <c>cuda:0</c>.</param>
/// <param name="Description">For a person, such as <c>CPU (2 threads)</c> or <c>NVIDIA H100 PCIe (79.6 GiB)</c>.</param>
/// <param name="MemoryBytes">Memory of its own; null where it shares the machine's, or where the driver does not say.</param>
/// <param name="Capability">Compute capability times ten, such as 90; null for a CPU, or where the driver does not say.</param>
public sealed record TorchDevice(string Name, string Description, long? MemoryBytes, int? Capability = null)
{
    /// <summary>Name of the CPU.</summary>
    public const string CpuName = "cpu";

    /// <summary>Compute capability 8.0, Ampere: CUDA C++ programming guide, arithmetic of compute capabilities.</summary>
    private const int FirstWithBfloat16 = 80;

    /// <summary>What it can do, in words: <c>cpu</c> or <c>cuda</c>, <c>bf16</c> where it computes in bfloat16, <c>sm_90</c> for the compute capability.</summary>
    public ImmutableArray<string> Labels => (Name == CpuName, Capability) switch
    {
        (true, _) => [CpuName],
        (false, null) => ["cuda"],
        (false, { } capability) when capability >= FirstWithBfloat16 => ["cuda", "bf16", $"sm_{capability}"],
        (false, { } capability) => ["cuda", $"sm_{capability}"],
    };

    /// <summary>Torch's handle for the device.</summary>
    public torch.Device ToTorch() => torch.device(Name);

    /// <summary>The machine's processor.</summary>
    internal static TorchDevice Cpu(int threads) => new(
        CpuName,
        string.Create(CultureInfo.InvariantCulture, $"CPU ({threads} {(threads == 1 ? "thread" : "threads")})"),
        null);

    /// <summary>GPU number <paramref name="index"/> of those that CUDA shows to this process.</summary>
    internal static TorchDevice Cuda(int index)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"cuda:{index}");
        return CudaDriver.Describe(index) is { } gpu
            ? new(name, string.Create(CultureInfo.InvariantCulture, $"{gpu.Name} ({gpu.MemoryBytes / (double)(1L << 30):0.0} GiB)"), gpu.MemoryBytes, gpu.Capability)
            : new(name, name, null);
    }
}
