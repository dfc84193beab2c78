using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>Times a few steps of a spec's training, and one reading.</summary>
internal static class SpeedTest
{
    /// <summary>Steps before the clock counts: the first ones allocate.</summary>
    private const int WarmUp = 3;

    private const int Timed = 30;

    /// <summary>Rate at which nothing diverges within so few steps.</summary>
    private const double Rate = 1e-4;

    /// <summary>Times it at a batch size.</summary>
    public static MeasuredSpeed Of(SweepSpec spec, int batchSize, ImageData data, Trainer trainer, ModelRegistry models)
    {
        var at = new Configuration(Rate, batchSize, 0, 0, Model: spec.Model.Settings?.Greatest());
        TrainingJob job = EngineJobs.Training(spec, at, spec.Seed, checkpoint: null, models: models);
        if (job.Check(data.Shape, data.Task) is [var problem, ..])
        {
            return Failed(batchSize, problem);
        }

        trainer.Run(job with { Length = new RunLength.InSteps(WarmUp) }, data, null, CancellationToken.None);
        TrainingResult result = trainer.Run(job with { Length = new RunLength.InSteps(Timed) }, data, null, CancellationToken.None);
        if (result.Outcome is not TrainingOutcome.Completed)
        {
            return Failed(batchSize, result.Outcome is TrainingOutcome.OutOfMemory memory ? $"out of memory: {memory.Evidence}" : "the timing did not end");
        }

        int validation = result.Circumstances.ValidationImages;
        double perImage = (result.WallTime - result.TrainingTime).TotalSeconds / Math.Max(1, validation + data.TestCount);
        int probe = Math.Min(new HeldOutProbe().MaxImages, validation > 0 ? validation : data.TestCount);
        return new MeasuredSpeed(
            batchSize,
            result.TrainingTime.TotalSeconds / Timed,
            result.StepsPerEpoch,
            validation * perImage,
            data.TestCount * perImage,
            probe * perImage);
    }

    private static MeasuredSpeed Failed(int batchSize, string trouble) => new(batchSize, 0, 0, 0, 0, 0, trouble);
}
