using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans.Concurrency;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Workers;

/// <summary>Owner of one device; the key is <c>node/device</c>. A CPU is a device like another.</summary>
[Alias("Sweeper.IGpuWorkerGrain")]
public interface IGpuWorkerGrain : IGrainWithStringKey
{
    /// <summary>Starts an attempt and returns at once. An attempt that is already known is left as it is.</summary>
    /// <returns>
    /// False where no slot is free; of a job that is prefetched, where it cannot wait, because the job before it is not at work here: it
    /// did not start and never will.
    /// </returns>
    [Alias("Start")]
    Task<bool> StartAsync(JobTicket ticket);

    /// <summary>Calls back a job that waits behind another.</summary>
    /// <param name="key">Which job.</param>
    /// <param name="prefetch">Number of its prefetch (<see cref="JobTicket.Prefetch"/>).</param>
    /// <returns>True where it did not start and never will; false where it is at work, or has been.</returns>
    [Alias("Withdraw"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<bool> WithdrawAsync(JobKey key, long prefetch);

    /// <summary>Whether the worker still has the attempt: running, waiting behind another, or ended and not yet reported.</summary>
    [Alias("Has"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<JobPresence> HasAsync(JobKey key, int attempt);

    /// <summary>Asks an attempt to stop; it answers within one step and then reports.</summary>
    [Alias("Stop"), AlwaysInterleave]
    Task StopAsync(JobKey key, int attempt, string reason);

    /// <summary>Asks an attempt to write a checkpoint and to be handed back, to go on elsewhere or later.</summary>
    [Alias("HandBack"), AlwaysInterleave]
    Task HandBackAsync(JobKey key, int attempt, string reason);

    /// <summary>Loads the spec's data and tries its model, before anything is accepted.</summary>
    /// <returns>Every problem; empty where all is well.</returns>
    [Alias("Check"), ResponseTimeout("00:30:00")]
    Task<ImmutableArray<SpecProblem>> CheckAsync(SweepSpec spec);

    /// <summary>Tries a model of a user's own, in a process of its own, on the shape of the spec's data.</summary>
    /// <param name="spec">A spec whose model is of a plug-in.</param>
    /// <param name="run">Whether it is tried; else only the content of its plug-in is told, and none of its code runs.</param>
    [Alias("TryModel"), ResponseTimeout("00:30:00")]
    Task<ModelTrial> TryModelAsync(SweepSpec spec, bool run);

    /// <summary>What decides the numbers of a spec's jobs on this worker, beside what the spec says.</summary>
    /// <returns>Null where that cannot be told, because the data cannot be loaded.</returns>
    [Alias("Identify"), AlwaysInterleave, ResponseTimeout("00:00:20")]
    Task<EngineIdentity?> IdentifyAsync(SweepSpec spec);

    /// <summary>Times a few steps of a spec's training at some batch sizes.</summary>
    [Alias("Measure"), ResponseTimeout("00:30:00")]
    Task<ImmutableArray<MeasuredSpeed>> MeasureAsync(SweepSpec spec, ImmutableArray<int> batchSizes);

    /// <summary>Finds the largest batch that a spec can be trained with, by trying.</summary>
    /// <returns>Null where this silo has no such device.</returns>
    [Alias("FitBatch"), ResponseTimeout("00:30:00")]
    Task<BatchFit?> FitBatchAsync(SweepSpec spec);

    /// <summary>A part of the network that a trial trained for its weights (<see cref="SweepPurpose.Weights"/>).</summary>
    /// <param name="key">Which trial; it ended on this worker's node.</param>
    /// <param name="offset">First byte that is wanted; at least 0.</param>
    /// <returns>Null where there is no such file.</returns>
    [Alias("ReadModel"), AlwaysInterleave]
    Task<ModelPart?> ReadModelAsync(JobKey key, long offset);

    /// <summary>A part of the same network as TorchScript, where its model is a TorchScript file.</summary>
    /// <param name="key">Which trial; it ended on this worker's node.</param>
    /// <param name="offset">First byte that is wanted; at least 0.</param>
    /// <returns>Null where there is no such file.</returns>
    [Alias("ReadScript"), AlwaysInterleave]
    Task<ModelPart?> ReadScriptAsync(JobKey key, long offset);

    /// <summary>Opens or closes the worker. One that closes hands its jobs back at their next step, each with a checkpoint.</summary>
    /// <param name="duty">What it is to do from now on, until its silo starts anew; not <see cref="WorkerDuty.Leaving"/>.</param>
    /// <param name="reason">Why; null where nobody said.</param>
    /// <returns>False where this silo has no such device.</returns>
    [Alias("SetDuty"), Audited("workers"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<bool> SetDutyAsync(WorkerDuty duty, string? reason);

    /// <summary>What the worker is and does.</summary>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<WorkerStatus> GetStatusAsync();
}

/// <summary>What a worker is and does.</summary>
/// <param name="Key">Which worker.</param>
/// <param name="Device">Device in words, such as <c>CPU (2 threads)</c>.</param>
/// <param name="MemoryBytes">Memory of the device.</param>
/// <param name="Slots">Jobs that it runs at once.</param>
/// <param name="Running">Jobs that it runs now.</param>
/// <param name="JobsDone">Attempts that it ended since it started.</param>
/// <param name="Labels">What it can do, in words: <c>cpu</c> or <c>cuda</c>, <c>bf16</c> where it computes in bfloat16, <c>sm_90</c> for the compute capability.</param>
/// <param name="Duty">Whether it takes jobs.</param>
/// <param name="DutyReason">Why it takes none; null where nobody said.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.WorkerStatus")]
public sealed record WorkerStatus(
    WorkerKey Key,
    string Device,
    long MemoryBytes,
    int Slots,
    ImmutableArray<JobKey> Running,
    int JobsDone,
    ImmutableArray<string> Labels = default,
    WorkerDuty Duty = WorkerDuty.Open,
    string? DutyReason = null);

/// <summary>Whether a worker takes jobs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkerDuty>))]
public enum WorkerDuty
{
    /// <summary>It takes jobs.</summary>
    Open,

    /// <summary>It takes none and has handed back those that it had, until it is readmitted or its silo starts anew.</summary>
    Drained,

    /// <summary>As drained, because it is not trusted.</summary>
    Quarantined,

    /// <summary>Its silo is ending.</summary>
    Leaving,
}

/// <summary>Whether a worker has an attempt.</summary>
/// <param name="IsThere">Whether it has.</param>
/// <param name="Generation">Which of the node's silos answers; see <see cref="SlotLease.Generation"/>.</param>
/// <param name="CrashedBefore">When this silo started, where the one before it crashed by itself and it is a cluster by itself; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobPresence")]
public readonly record struct JobPresence(bool IsThere, int Generation, DateTimeOffset? CrashedBefore = null);

/// <summary>What decides the numbers of a job beside what was asked.</summary>
/// <param name="Platform">Program, libraries, processor and device; as in <see cref="RunInfo.Platform"/>.</param>
/// <param name="DataHash">SHA-256 of the images and labels, hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.EngineIdentity")]
public sealed record EngineIdentity(string Platform, string DataHash);
