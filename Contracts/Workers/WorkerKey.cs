using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Workers;

/// <summary>Identity of a worker: one device of one node.</summary>
/// <param name="Node">Stable name of the node.</param>
/// <param name="Device">Device on it, such as <c>cpu</c> or <c>cuda:0</c>.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.WorkerKey")]
public readonly record struct WorkerKey(string Node, string Device)
{
    /// <summary>Key of the worker grain: <c>node/device</c>.</summary>
    public override string ToString() => $"{Node}/{Device}";

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">There is no '/'.</exception>
    public static WorkerKey Parse(string text)
    {
        int slash = text.LastIndexOf('/');
        return slash > 0
            ? new WorkerKey(text[..slash], text[(slash + 1)..])
            : throw new FormatException($"A worker's key is node/device, not '{text}'.");
    }
}

/// <summary>Right to run jobs in one slot of a worker: one, or with <see cref="Prefetch"/> one after the other.</summary>
/// <param name="Id">Identity of the lease.</param>
/// <param name="Worker">Worker of the slot.</param>
/// <param name="Generation">Which of the node's silos it is.</param>
/// <param name="Prefetch">
/// Whether the sweep may keep the slot for a job that waits on the worker while the one before it runs: nobody else wants it.
/// </param>
[GenerateSerializer, Immutable, Alias("Sweeper.SlotLease")]
public readonly record struct SlotLease(long Id, WorkerKey Worker, int Generation = 0, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Prefetch = false);
