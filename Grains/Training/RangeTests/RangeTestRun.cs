using System.Diagnostics;
using System.Globalization;
using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.RangeTests;

/// <summary>One range test on a session: its loop, and all that changes in it outside the session.</summary>
/// <param name="job">The test, checked.</param>
/// <param name="schedule">Its ramp.</param>
/// <param name="probe">Images to read along the ramp; null: none.</param>
/// <param name="task">What is learned.</param>
/// <param name="reporter">Who is told where the test stands.</param>
/// <param name="time">Source of time.</param>
/// <param name="memory">Hears what its steps take; null: nobody asks.</param>
internal sealed class RangeTestRun(
    RangeTestJob job, Schedule schedule, ProbeImages? probe, LearningTask task, ProgressReporter reporter, TimeProvider time, RunMemory? memory)
{
    // A ramp moves on: what a run may recover from, a rate that only rises does not.
    private static readonly DivergenceRule LinearRule = new() { Patience = 10 };

    private readonly int _totalSteps = schedule.TotalSteps;
    private readonly RunClock _clock = new(time, TimeSpan.Zero, TimeSpan.Zero);
    private readonly List<RangeTestPoint> _points = [];
    private readonly List<RangeTestReading> _readings = [];
    private DivergenceMonitor _monitor = DivergenceMonitor.Start;
    private LossExplosion _explosion = LossExplosion.Start;
    private double? _divergedAt;
    private bool _fused;

    /// <summary>Optimiser steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>Time so far.</summary>
    public TimeSpan WallTime => _clock.Wall;

    /// <summary>Steps per second of training time; 0 before the first step.</summary>
    public double StepsPerSecond => _clock.Training > TimeSpan.Zero ? Steps / _clock.Training.TotalSeconds : 0;

    /// <summary>What has been measured.</summary>
    public RangeTestCurve Curve => new(
        [.. _points],
        [.. _readings],
        job.Ramp switch
        {
            RangeTestRamp.Linear linear => linear.Highest,
            RangeTestRamp.Exponential exponential => exponential.Highest,
            _ => throw new UnreachableException(),
        },
        _divergedAt)
    {
        ImagesPerReading = probe?.Source.Count,
        IsRepeat = job.IsRepeat,
    };

    /// <summary>Runs the ramp on a session.</summary>
    public RangeTestOutcome ToEnd(TrainingSession session, LossBuffer losses, int batchSize, CancellationToken stop)
    {
        Report(batchSize);
        RunTelemetry.Current.Enter(RunTelemetry.Training);
        using Activity? span = RunTelemetry.Current.StartSpan(RunTelemetry.TrainSpan);
        RangeTestOutcome outcome = Loop(session, losses, batchSize, stop);
        _clock.LeaveTraining();
        span?.SetTag(RunTelemetry.StepsTag, Steps);
        Report(batchSize);
        return outcome;
    }

    private RangeTestOutcome Loop(TrainingSession session, LossBuffer losses, int batchSize, CancellationToken stop)
    {
        while (Steps < _totalSteps)
        {
            if (stop.IsCancellationRequested)
            {
                return new RangeTestOutcome.Cancelled(Steps);
            }

            _clock.EnterTraining();
            using (memory?.Step())
            using (DisposeScope scope = NewDisposeScope())
            {
                losses.Add(session.Step(schedule.At(Steps)));
            }

            Steps++;
            _fused |= session.WasFused;
            bool read = probe is not null && job.Ramp is RangeTestRamp.Linear linear && linear.Probe.IsDueAfter(Steps - 1, _totalSteps);
            if ((losses.IsFull || read || Steps == _totalSteps) && Record(losses) is { } diverged)
            {
                return diverged;
            }

            if (read && Read(session, probe!, stop) is { } end) // read implies a probe
            {
                return end;
            }

            if (reporter.IsDue)
            {
                Report(batchSize);
            }
        }

        return new RangeTestOutcome.Completed();
    }

    private RangeTestOutcome.Diverged? Record(LossBuffer losses)
    {
        ReadOnlySpan<float> taken = losses.Take();
        _clock.LeaveTraining();
        for (int i = 0; i < taken.Length; i++)
        {
            int step = Steps - taken.Length + i;
            SchedulePoint point = schedule.At(step);
            string? evidence = Judge(taken[i]);
            double smoothed = _monitor.Smoothed.Value;
            _points.Add(new RangeTestPoint(step, point.LearningRate, point.Momentum, taken[i], smoothed));
            reporter.Add(point, taken[i]);
            if (evidence is not null)
            {
                return Diverged(step, evidence);
            }
        }

        return null;
    }

    private string? Judge(double loss)
    {
        (_monitor, string? evidence) = _monitor.Add(loss, LinearRule, task);
        if (job.Ramp is not RangeTestRamp.Exponential || !double.IsFinite(loss))
        {
            return evidence;
        }

        double smoothed = _monitor.Smoothed.Value;
        _explosion = _explosion.Add(smoothed);
        return _explosion.Ends(smoothed)
            ? string.Create(CultureInfo.InvariantCulture, $"the smoothed training loss, {smoothed:0.###}, is above four times its best, {_explosion.Best:0.###}")
            : null;
    }

    private RangeTestOutcome? Read(TrainingSession session, ProbeImages images, CancellationToken stop)
    {
        if (Evaluator.Measure(session.Model, images.Source, stop) is not var (loss, accuracy, _))
        {
            return new RangeTestOutcome.Cancelled(Steps);
        }

        if (!double.IsFinite(loss))
        {
            return Diverged(Steps - 1, string.Create(CultureInfo.InvariantCulture, $"the held-out loss is {loss}"));
        }

        _readings.Add(new RangeTestReading(Steps - 1, schedule.At(Steps - 1).LearningRate, loss, accuracy));
        reporter.Add(new EvaluationReading(Steps, EvaluationImages.Validation, loss, accuracy));
        return null;
    }

    private RangeTestOutcome.Diverged Diverged(int step, string evidence)
    {
        double rate = schedule.At(step).LearningRate;
        _divergedAt = rate;
        return new RangeTestOutcome.Diverged(step, rate, evidence);
    }

    private void Report(int batchSize)
    {
        RunTelemetry.Current.Flush();
        reporter.Report(Steps, _totalSteps, Steps, StepsPerSecond * batchSize, _clock, Steps == 0 || _fused ? null : memory?.Bytes);
    }
}
