using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Schedules;

namespace Sweeper.Training.Running;

/// <summary>
/// Runs training jobs. Synchronous, on the calling thread; several may run at once on threads of their own, each bit for
/// bit as it would alone.
/// </summary>
/// <param name="time">Source of time.</param>
/// <param name="arrays">Runs that may take their steps together, then equal to those alone up to rounding; null: none.</param>
public sealed class Trainer(TimeProvider time, TrainingArrays? arrays = null)
{
    /// <summary>Runs a job to its end, or to the first reason to end earlier, and says which it was.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="data">Images, on the device to train on; not changed.</param>
    /// <param name="progress">Told where the run stands, on this thread; null: nobody.</param>
    /// <param name="stop">Looked at before every step.</param>
    /// <exception cref="ArgumentException">The job cannot run on these images: see <see cref="TrainingJob.Check"/>.</exception>
    /// <exception cref="CheckpointException">A checkpoint at the job's place is damaged or of another run, or cannot be written.</exception>
    /// <exception cref="FusedStepException">A step with other runs failed; the run itself may be well, alone.</exception>
    public TrainingResult Run(TrainingJob job, ImageData data, IProgress<TrainingProgress>? progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(data);
        IReadOnlyList<string> problems = job.Check(data.Shape, data.Task);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(job));
        }

        Split split = Split.Create(data.TrainTargets.AsSpan(), job.Validation, job.SplitSeed)
            .Limited(data.TrainTargets.AsSpan(), job.TrainImages, job.SplitSeed);
        int totalSteps = job.Length.ToSteps(TrainingJob.StepsPerEpoch(split.Train.Length, job.BatchSize));
        Schedule schedule = job.Schedule(totalSteps);
        if (schedule.TotalSteps != totalSteps)
        {
            throw new ArgumentException($"the schedule has {schedule.TotalSteps} steps, the run has {totalSteps}", nameof(job));
        }

        ProgressReporter reporter = new(progress, job.ProgressInterval, time);
        return new TrainingRun(job, schedule, split, data, reporter, time, arrays).ToEnd(stop);
    }
}
