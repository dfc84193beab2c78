using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers.Batches;

/// <summary>
/// Finds the largest batch that a spec can be trained with: as large as memory allows (Smith, arXiv:1803.09820, section 4.2),
/// as long as a run keeps enough steps for a cycle.
/// </summary>
/// <param name="runner">Trains.</param>
/// <param name="device">Device to train on.</param>
/// <param name="slots">Jobs that share it.</param>
/// <param name="allowed">Bytes of the machine that jobs of a CPU may take together; null: nine tenths of what is free.</param>
/// <param name="models">Models of users\' own.</param>
internal sealed class BatchFitter(RangeTestRunner runner, TorchDevice device, int slots, long? allowed, ModelRegistry models)
{
    /// <summary>Fewest steps of a run that are a cycle still; ours.</summary>
    private const int FewestSteps = 100;

    /// <summary>Steps of a try: the first one allocates, the optimiser's buffers come with it.</summary>
    private const int Steps = 3;

    /// <summary>Images of the first steps; with one alone batch norm has nothing to average over.</summary>
    private const int WarmUp = 2;

    /// <summary>Rate at which nothing diverges within so few steps.</summary>
    private const double Rate = 1e-5;

    /// <summary>Share of free memory that is offered.</summary>
    private const double Share = 0.9;

    /// <summary>Searches.</summary>
    public BatchFit Find(SweepSpec spec, ImageData data)
    {
        bool ofMachine = device.MemoryBytes is null;
        Try(spec, data, WarmUp, before: null); // libtorch loads its kernels: not the batch's memory
        long? before = ofMachine ? ProcessMemory.Resident : null;
        long? memory = ofMachine ? allowed ?? (long?)(ProcessMemory.Free * Share) : null;
        return new BatchSearch(batch => Try(spec, data, batch, before), Most(spec, data), slots, memory).Run(device.Description);
    }

    private static (int Batch, string Why) Most(SweepSpec spec, ImageData data)
    {
        int images = (int)(spec.Data.TrainSizes?.List.Where(size => size != DataSpec.All).DefaultIfEmpty(data.TrainCount).Min() ?? data.TrainCount);
        images -= Split.HeldOut(images, spec.Data.Validation);
        int least = (int)Math.Clamp(images * spec.Training.Epochs / FewestSteps, 1, int.MaxValue);
        return spec.Training.Steps is null && least < images
            ? (least, string.Create(CultureInfo.InvariantCulture, $"a run of {spec.Training.Epochs:0.##} epochs of {images:N0} images is to have {FewestSteps} steps"))
            : (images, string.Create(CultureInfo.InvariantCulture, $"there are {images:N0} training images"));
    }

    private BatchTry Try(SweepSpec spec, ImageData data, int batch, long? before)
    {
        RangeTestJob job = EngineJobs.RangeTest(spec, new Configuration(Rate, batch, 0, AxisGrid.Greatest(spec.Search.Dropout) ?? 0, Model: spec.Model.Settings?.Greatest()), spec.Seed, models: models) with
        {
            Ramp = new RangeTestRamp.Exponential(Rate, Rate * 2, Steps),
        };
        bool counted = before is not null && ProcessMemory.Reset();
        RangeTestResult result = runner.Run(job, data, null, CancellationToken.None);
        long? bytes = counted && ProcessMemory.Peak is { } peak ? Math.Max(0, peak - before!.Value) : null;
        return result.Outcome is RangeTestOutcome.OutOfMemory full
            ? new BatchTry(batch, 0, bytes, full.Evidence)
            : new BatchTry(batch, result.ImagesPerSecond, bytes, null);
    }
}
