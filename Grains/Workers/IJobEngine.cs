using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers;

/// <summary>What a device's executor runs jobs with. Synchronous: the caller's thread is the job's.</summary>
internal interface IJobEngine
{
    /// <summary>Device in words.</summary>
    string Description { get; }

    /// <summary>Memory of the device in bytes.</summary>
    long MemoryBytes { get; }

    /// <summary>What the device can do, in words; see <see cref="WorkerStatus.Labels"/>.</summary>
    ImmutableArray<string> Labels => [];

    /// <summary>Jobs that it runs in one slot, as one network of many; may change as it finds out. 1: every job has a slot of its own.</summary>
    int JobsPerSlot => 1;

    /// <summary>Loads a spec's data and tries its model.</summary>
    /// <returns>Every problem; empty where all is well.</returns>
    ImmutableArray<SpecProblem> Check(SweepSpec spec);

    /// <summary>Tries a spec's model where it is of a user's own, and says what its plug-in's content is.</summary>
    /// <param name="spec">A spec whose model is of a plug-in.</param>
    /// <param name="run">Whether it is tried; else only its content is told.</param>
    ModelTrial TryModel(SweepSpec spec, bool run) =>
        ModelTrial.Refused(new SpecProblem("model", spec.Model.Name, "this worker trains no models of plug-ins or TorchScript files"));

    /// <summary>What decides the numbers of a spec's jobs here, beside what the spec says; null where its data cannot be loaded.</summary>
    EngineIdentity? Identify(SweepSpec spec);

    /// <summary>Times a few steps of a spec's training at some batch sizes.</summary>
    ImmutableArray<MeasuredSpeed> Measure(SweepSpec spec, ImmutableArray<int> batchSizes);

    /// <summary>Finds the largest batch that a spec can be trained with; 0 with the reason where its data cannot be loaded.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="slots">Jobs that share the device.</param>
    BatchFit FitBatch(SweepSpec spec, int slots);

    /// <summary>Runs a job to its end.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="control">How it is followed and stopped.</param>
    JobReport Run(JobTicket ticket, JobControl control);

    /// <summary>The report of a job that threw.</summary>
    JobReport Failure(JobTicket ticket, Exception error);

    /// <summary>Drops what is kept of a job that ended, such as its checkpoint.</summary>
    void Forget(JobKey key);
}

/// <summary>How a running job is followed and stopped.</summary>
/// <param name="Progress">Called as it goes, often; returns at once.</param>
/// <param name="StopReason">Why, once <paramref name="Stop"/> is signalled.</param>
/// <param name="Alive">Called while the job waits and makes no progress: it does not hang.</param>
/// <param name="Stop">Asks for an end within a step, with a checkpoint.</param>
internal sealed record JobControl(Action<JobProgress> Progress, Func<string?> StopReason, Action Alive, CancellationToken Stop);
