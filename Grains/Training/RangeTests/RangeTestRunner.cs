using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Training.RangeTests;

/// <summary>
/// Runs LR range tests. Synchronous, on the calling thread; several may run at once on threads of their own, each bit for
/// bit as it would alone.
/// </summary>
/// <param name="time">Source of time.</param>
/// <param name="arrays">Runs that may take their steps together, then equal to those alone up to rounding; null: none.</param>
public sealed class RangeTestRunner(TimeProvider time, TrainingArrays? arrays = null)
{
    /// <summary>Runs a test on a network of its own.</summary>
    /// <param name="job">What to run.</param>
    /// <param name="data">Images, on the device to train on; not changed.</param>
    /// <param name="progress">Told where the test stands, on this thread; null: nobody.</param>
    /// <param name="stop">Looked at before every step.</param>
    /// <exception cref="ArgumentException">The test cannot run on these images: see <see cref="RangeTestJob.Check"/>.</exception>
    public RangeTestResult Run(RangeTestJob job, ImageData data, IProgress<TrainingProgress>? progress, CancellationToken stop)
    {
        Split split = Prepare(job, data);
        var memory = new RunMemory(data.Device);
        return Run(
            job,
            data,
            split,
            progress,
            memory,
            () =>
            {
                using IDisposable? watch = memory.Build();
                return new TrainingSession(job.Model, job.Optimiser, data, split.Train, job.BatchSize, job.Augmentation, job.Seed, job.LabelSmoothing, arrays, job.Targets, job.Precision);
            },
            (run, session, losses) =>
            {
                using (session)
                {
                    return run.ToEnd(session, losses, session.Batches.BatchSize, stop);
                }
            });
    }

    /// <summary>
    /// Runs a test on a session in the middle of its training, and puts everything back as it was, bit for bit: weights,
    /// batch-norm statistics, optimiser, data order, generators. Of the job only ramp, momenta, probe, split and usual
    /// rate count.
    /// </summary>
    /// <param name="session">Session to test; the same afterwards, whatever happens.</param>
    /// <param name="job">What to run.</param>
    /// <param name="data">Images of the session.</param>
    /// <param name="progress">Told where the test stands, on this thread; null: nobody.</param>
    /// <param name="stop">Looked at before every step.</param>
    /// <exception cref="ArgumentException">The test cannot run on these images: see <see cref="RangeTestJob.Check"/>.</exception>
    public RangeTestResult RunOn(
        TrainingSession session, RangeTestJob job, ImageData data, IProgress<TrainingProgress>? progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(session);
        Split split = Prepare(job, data);
        return Run(
            job,
            data,
            split,
            progress,
            memory: null,
            () => session,
            (run, same, losses) =>
            {
                SessionState before = same.Save();
                try
                {
                    return run.ToEnd(same, losses, same.Batches.BatchSize, stop);
                }
                finally
                {
                    same.Restore(before);
                }
            });
    }

    private static Split Prepare(RangeTestJob job, ImageData data)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(data);
        IReadOnlyList<string> problems = job.Check(data.Shape, data.Task);
        return problems.Count == 0
            ? Split.Create(data.TrainTargets.AsSpan(), job.Validation, job.SplitSeed).Limited(data.TrainTargets.AsSpan(), job.TrainImages, job.SplitSeed)
            : throw new ArgumentException(string.Join("; ", problems), nameof(job));
    }

    private RangeTestResult Run(
        RangeTestJob job,
        ImageData data,
        Split split,
        IProgress<TrainingProgress>? progress,
        RunMemory? memory,
        Func<TrainingSession> open,
        Func<RangeTestRun, TrainingSession, LossBuffer, RangeTestOutcome> ramp)
    {
        DateTimeOffset startedAt = time.GetUtcNow();
        int stepsPerEpoch = TrainingJob.StepsPerEpoch(split.Train.Length, job.BatchSize);
        Schedule schedule = job.Ramp.ToSchedule(stepsPerEpoch, job.MomentumStart, job.MomentumEnd);
        ProgressReporter reporter = new(progress, job.ProgressInterval, time);
        using ProbeImages? probe = job.Ramp is RangeTestRamp.Linear linear ? new ProbeImages(linear.Probe, data, split) : null;
        RangeTestRun run = new(job, schedule, probe, data.Task, reporter, time, memory);
        RangeTestOutcome outcome;
        long parameters = 0;
        bool fused = false;
        try
        {
            using LossBuffer losses = new(data.Device);
            TrainingSession session = open();
            parameters = session.Model.ParameterCount;
            outcome = ramp(run, session, losses);
            fused = session.WasFused;
        }
        catch (Exception error) when (MemoryExhaustion.Is(error))
        {
            outcome = new RangeTestOutcome.OutOfMemory(run.Steps, MemoryExhaustion.Evidence(error));
        }

        RangeTestCurve curve = run.Curve;
        return new RangeTestResult
        {
            Outcome = outcome,
            Circumstances = RunCircumstances.Of(data, split, job.Seed, parameters, startedAt, fused),
            Curve = curve,
            Suggestions = RangeTestRules.Suggest(curve, schedule.TotalSteps, data.Task, job.UsualLearningRate),
            MeasuredOn = probe?.Description,
            Steps = run.Steps,
            TotalSteps = schedule.TotalSteps,
            StepsPerEpoch = stepsPerEpoch,
            WallTime = run.WallTime,
            ImagesPerSecond = run.StepsPerSecond * Math.Min(job.BatchSize, split.Train.Length),
        };
    }
}
