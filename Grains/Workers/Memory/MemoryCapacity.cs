using Sweeper.Grains.Workers.Batches;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers.Memory;

/// <summary>Bytes that the jobs of a device may take together.</summary>
internal static class MemoryCapacity
{
    /// <summary>Share of what there is that is offered: data sets, kernels and fragments take the rest.</summary>
    private const double Share = 0.9;

    /// <summary>Of a GPU its memory; of a CPU what was allowed, or what the machine has free and this process has beyond what it started with.</summary>
    /// <param name="device">The device.</param>
    /// <param name="allowed">What the jobs of a CPU may take; null: nothing was said.</param>
    public static Func<long> Of(TorchDevice device, long? allowed)
    {
        if (device.MemoryBytes is { } memory)
        {
            return () => (long)(memory * Share);
        }

        if (allowed is { } bytes)
        {
            return () => bytes;
        }

        // Memory that a job has freed stays with the process, for the next one: it is no less free.
        long start = ProcessMemory.Resident ?? 0;
        return () => ProcessMemory.Free is { } free ? (long)((free + Math.Max(0, (ProcessMemory.Resident ?? 0) - start)) * Share) : long.MaxValue;
    }
}
