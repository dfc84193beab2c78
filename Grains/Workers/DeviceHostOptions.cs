using Sweeper.Contracts.Workers;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>What a silo's devices need to know of their surroundings.</summary>
/// <param name="Node">Name of the node, the same after every restart.</param>
/// <param name="Slots">Jobs that each device runs at once; null: one on a GPU, on the CPU as many as <see cref="SlotPlan"/> finds good.</param>
/// <param name="Threads">Threads of each CPU slot; null: as <see cref="SlotPlan"/> finds good.</param>
/// <param name="Home">Folder of everything durable; data sets lie in <c>datasets</c> below it.</param>
/// <param name="Checkpoints">Folder of checkpoints.</param>
/// <param name="MemoryBytes">Memory of the machine that the jobs of a CPU may take together; null: nine tenths of what is free.</param>
/// <param name="CheckpointInterval">Shortest time between two checkpoints of a trial; null: the engine's own.</param>
/// <param name="Permitted">Folders below which a spec may name data; null: anywhere.</param>
/// <param name="Fused">Whether trials that differ in numbers only are trained as one network.</param>
/// <param name="Commands">Commands of external trainers that are run; null: none.</param>
public sealed record DeviceHostOptions(
    string Node, int? Slots, int? Threads, string Home, string Checkpoints, long? MemoryBytes = null, TimeSpan? CheckpointInterval = null,
    Training.Data.PermittedFolders? Permitted = null, FusedSetting Fused = default, External.PermittedCommands? Commands = null)
{
    /// <summary>Slots of a device; each holds a job, or several where trials are fused.</summary>
    internal int SlotsOf(string device) => device == TorchDevice.CpuName
        ? SlotPlan.Of(Slots, Threads, Environment.ProcessorCount).Slots
        : Slots ?? 1;
}
