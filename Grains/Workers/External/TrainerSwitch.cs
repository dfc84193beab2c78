using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers.External;

/// <summary>A device's engine: TorchSharp's for the models that it knows, a command where a spec has a trainer of its own.</summary>
internal sealed class TrainerSwitch(IJobEngine engine, ExternalEngine external) : IJobEngine
{
    private const string NotTimed = "an external trainer is not timed beforehand";

    /// <inheritdoc />
    public string Description => engine.Description;

    /// <inheritdoc />
    public ImmutableArray<string> Labels => engine.Labels;

    /// <inheritdoc />
    public int JobsPerSlot => engine.JobsPerSlot;

    /// <inheritdoc />
    public long MemoryBytes => engine.MemoryBytes;

    /// <inheritdoc />
    public ImmutableArray<SpecProblem> Check(SweepSpec spec) => spec.Trainer is null ? engine.Check(spec) : external.Check(spec);

    /// <inheritdoc />
    public ModelTrial TryModel(SweepSpec spec, bool run) => engine.TryModel(spec, run);

    /// <inheritdoc />
    public EngineIdentity? Identify(SweepSpec spec) => spec.Trainer is null ? engine.Identify(spec) : external.Identify(spec);

    /// <inheritdoc />
    public ImmutableArray<MeasuredSpeed> Measure(SweepSpec spec, ImmutableArray<int> batchSizes) => spec.Trainer is null
        ? engine.Measure(spec, batchSizes)
        : [.. batchSizes.Select(batch => new MeasuredSpeed(batch, 0, 0, 0, 0, 0, NotTimed))];

    /// <inheritdoc />
    public BatchFit FitBatch(SweepSpec spec, int slots) => spec.Trainer is null
        ? engine.FitBatch(spec, slots)
        : new BatchFit(0, "an external trainer is not tried with batches", [], engine.Description);

    /// <inheritdoc />
    public JobReport Run(JobTicket ticket, JobControl control) => ticket.Spec.Trainer is null ? engine.Run(ticket, control) : external.Run(ticket, control);

    /// <inheritdoc />
    public JobReport Failure(JobTicket ticket, Exception error) => engine.Failure(ticket, error);

    /// <inheritdoc />
    public void Forget(JobKey key) => engine.Forget(key);
}
