using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Fusing;

/// <summary>Times a few steps of a job, alone and fused, on the device that is to train it. Nothing of it remains.</summary>
/// <param name="time">Source of time.</param>
public sealed class FusionProbe(TimeProvider time)
{
    private const int WarmUp = 2;
    private const int Rounds = 3;

    /// <summary>Time that a round should take, so that the clock's and the scheduler's grain do not decide.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(30);

    /// <summary>Time that the whole probe may take.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Rate at which nothing diverges within so few steps.</summary>
    private static readonly SchedulePoint Point = new(1e-4, 0.9);

    /// <summary>Times it with 1, 2, 4, … members, as far as memory and a budget of about two seconds go.</summary>
    /// <param name="job">A job like those to come.</param>
    /// <param name="data">Images, on the device to train on.</param>
    /// <param name="most">Most members that come into question.</param>
    public FusionReading Measure(TrainingJob job, ImageData data, int most)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(data);
        long start = time.GetTimestamp();
        Split split = Split.Create(data.TrainTargets.AsSpan(), job.Validation, job.SplitSeed).Limited(data.TrainTargets.AsSpan(), job.TrainImages, job.SplitSeed);
        List<TrainingSession> sessions = [];
        var times = ImmutableArray.CreateBuilder<FusedStep>();
        try
        {
            for (int members = 1; members <= most; members *= 2)
            {
                if (times.Count > 0 && time.GetElapsedTime(start) + (times[^1].Time * 2 * (WarmUp + Rounds)) > Budget)
                {
                    break;
                }

                while (sessions.Count < members)
                {
                    sessions.Add(new TrainingSession(job.Model, job.Optimiser, data, split.Train, job.BatchSize, job.Augmentation, job.Seed + sessions.Count, job.LabelSmoothing));
                }

                times.Add(new FusedStep(members, TimeOf(sessions, ArrayKey.Of(job.Model, job.Optimiser, data, sessions[0].Batches.BatchSize, job.LabelSmoothing))));
            }
        }
        catch (Exception error) when (MemoryExhaustion.Is(error) && times.Count > 0)
        {
            // So many do not fit: that is the answer.
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }

        return new FusionReading(times.ToImmutable());
    }

    private TimeSpan TimeOf(List<TrainingSession> sessions, ArrayKey key)
    {
        if (sessions.Count == 1)
        {
            return TimeOf(() => sessions[0].Step(Point));
        }

        SchedulePoint[] points = [.. Enumerable.Repeat(Point, sessions.Count)];
        using ArrayStack stack = new(key, [.. sessions.Select(session => session.Member)]);
        return TimeOf(() => stack.Step(points));
    }

    // The least of some rounds: whatever else the machine does can only make a step longer.
    private TimeSpan TimeOf(Func<Tensor> step)
    {
        Steps(step, WarmUp);
        TimeSpan once = Steps(step, 1);
        int count = Math.Clamp((int)(Round / once), 1, 30);
        return Enumerable.Range(0, Rounds).Min(_ => Steps(step, count)) / count;
    }

    private TimeSpan Steps(Func<Tensor> step, int count)
    {
        long start = time.GetTimestamp();
        using DisposeScope scope = NewDisposeScope();
        Tensor last = step();
        for (int i = 1; i < count; i++)
        {
            last = step();
        }

        _ = last.cpu(); // waits for the device
        return time.GetElapsedTime(start);
    }
}
