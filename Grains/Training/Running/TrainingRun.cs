using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Saving;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>One run of a job: its loop, and all that changes in it outside the session.</summary>
/// <param name="job">The job, checked.</param>
/// <param name="schedule">Its schedule, as long as the run.</param>
/// <param name="split">Images to train on and to select by.</param>
/// <param name="data">Images.</param>
/// <param name="reporter">Who is told where the run stands.</param>
/// <param name="time">Source of time.</param>
/// <param name="arrays">Runs that may take their steps together; null: none.</param>
internal sealed class TrainingRun(
    TrainingJob job, Schedule schedule, Split split, ImageData data, ProgressReporter reporter, TimeProvider time, TrainingArrays? arrays)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly int _totalSteps = schedule.TotalSteps;
    private readonly int _stepsPerEpoch = TrainingJob.StepsPerEpoch(split.Train.Length, job.BatchSize);
    private readonly int _imagesPerStep = Math.Min(job.BatchSize, split.Train.Length);
    private readonly RunSpans _spans = new(TrainingJob.StepsPerEpoch(split.Train.Length, job.BatchSize), schedule.TotalSteps);
    private readonly CurveRecorder _curve = new(schedule.TotalSteps, job.MaxCurvePoints);
    private readonly List<EvaluationReading> _evaluations = [];
    private RunClock _clock = new(time, TimeSpan.Zero, TimeSpan.Zero);
    private DivergenceMonitor _monitor = DivergenceMonitor.Start;
    private int _step;
    private int _resumedFrom;
    private long _parameters;
    private readonly RunMemory _memory = new(data.Device);
    private string? _weightsHash;
    private bool _fused;

    private double ImagesPerSecond => _clock.Training > TimeSpan.Zero ? (double)_step * _imagesPerStep / _clock.Training.TotalSeconds : 0;

    /// <summary>Runs it to its end, or to the first reason to end earlier.</summary>
    public TrainingResult ToEnd(CancellationToken stop)
    {
        RunCheckpoints? checkpoints = job.Checkpoint is { } options
            ? new RunCheckpoints(options, JobFingerprint.Of(job, schedule, data), time)
            : null;
        TrainingOutcome outcome;
        try
        {
            using TrainingSession session = Build();
            using HeldOutImages heldOut = new(data, split, job.Evaluation.BatchSize);
            using LossBuffer losses = new(data.Device);
            _parameters = session.Model.ParameterCount;
            if (checkpoints?.Find(session, _totalSteps) is { } found)
            {
                Resume(session, found);
            }
            else if (job.StartWeights is { } earlier)
            {
                WeightsFile.Load(earlier, session);
            }

            Report();
            outcome = Loop(session, heldOut, losses, checkpoints, stop);
            // What an earlier attempt did is not known: where steps are taken together, it may have.
            _fused = session.WasFused || (_resumedFrom > 0 && arrays?.Members > 1);
            _weightsHash = WeightsHash.Of(session.Model);
            if (job.FinalWeights is { } kept && outcome is TrainingOutcome.Completed)
            {
                WeightsFile.Write(kept, session);
            }

            if (job.SavedModel is { } saved && outcome is TrainingOutcome.Completed)
            {
                ModelFile.Write(saved, session.Model, SavedModelInfo.Of(job.Model, data));
                if (session.Model is OwnModelNetwork { Script: { } script })
                {
                    ScriptModelFile.Write(ScriptModelFile.Beside(saved), script);
                }
            }
        }
        catch (Exception error) when (MemoryExhaustion.Is(error))
        {
            outcome = new TrainingOutcome.OutOfMemory(_step, MemoryExhaustion.Evidence(error));
        }
        catch
        {
            _spans.Abandon();
            checkpoints?.Abandon();
            throw;
        }

        _spans.End(_step, _curve.LastLoss, outcome switch
        {
            TrainingOutcome.Diverged => RunTelemetry.Diverged,
            TrainingOutcome.OutOfMemory => RunTelemetry.OutOfMemory,
            _ => null,
        });
        _clock.LeaveTraining();
        checkpoints?.End(outcome is TrainingOutcome.Cancelled);
        Report();
        return Result(outcome);
    }

    private TrainingSession Build()
    {
        using IDisposable? watch = _memory.Build();
        return new TrainingSession(job.Model, job.Optimiser, data, split.Train, job.BatchSize, job.Augmentation, job.Seed, job.LabelSmoothing, arrays, job.Targets, job.Precision);
    }

    private TrainingOutcome Loop(
        TrainingSession session, HeldOutImages heldOut, LossBuffer losses, RunCheckpoints? checkpoints, CancellationToken stop)
    {
        while (true)
        {
            // Between two steps, in this order, so that a run resumed at this step does what it would have done.
            TrainingOutcome? end = Evaluate(EvaluationImages.Validation, session, heldOut, losses, stop)
                ?? Evaluate(EvaluationImages.Test, session, heldOut, losses, stop)
                ?? Evaluate(EvaluationImages.Cooldown, session, heldOut, losses, stop)
                ?? EndHere(stop);
            bool cancelled = end is TrainingOutcome.Cancelled;
            if (checkpoints is not null && (cancelled ? checkpoints.SaveOnCancel : end is null && _step > _resumedFrom && checkpoints.IsDue))
            {
                end = Record(losses) ?? end;
                _spans.Pause(_step);
                checkpoints.Save(fingerprint => Capture(fingerprint, session));
            }

            if (end is not null)
            {
                return end;
            }

            _spans.BeforeStep(_step, _curve.LastLoss);
            _clock.EnterTraining();
            using (_memory.Step())
            using (DisposeScope scope = NewDisposeScope())
            {
                losses.Add(session.Step(schedule.At(_step)));
            }

            _step++;
            if (losses.IsFull && Record(losses) is { } diverged)
            {
                return diverged;
            }

            if (reporter.IsDue)
            {
                Report();
            }
        }
    }

    private TrainingOutcome? EndHere(CancellationToken stop) =>
        _step == _totalSteps ? new TrainingOutcome.Completed()
        : stop.IsCancellationRequested ? new TrainingOutcome.Cancelled(_step)
        : null;

    // Takes the losses off the device, one wait for all of them, and looks for divergence.
    private TrainingOutcome.Diverged? Record(LossBuffer losses)
    {
        ReadOnlySpan<float> taken = losses.Take();
        _clock.LeaveTraining();
        for (int i = 0; i < taken.Length; i++)
        {
            int step = _step - taken.Length + i;
            SchedulePoint point = schedule.At(step);
            (_monitor, string? evidence) = _monitor.Add(taken[i], job.Divergence, data.Task);
            _curve.Add(step, point, taken[i], _monitor.Smoothed.Value, evidence is not null || step + 1 == _totalSteps);
            reporter.Add(point, taken[i]);
            if (evidence is not null)
            {
                return new TrainingOutcome.Diverged(step, point.LearningRate, evidence);
            }
        }

        return null;
    }

    private TrainingOutcome? Evaluate(
        EvaluationImages images, TrainingSession session, HeldOutImages heldOut, LossBuffer losses, CancellationToken stop)
    {
        if (!IsDue(images)
            || heldOut.Of(images) is not { } source
            || _evaluations.Exists(reading => reading.Step == _step && reading.Images == images))
        {
            return null;
        }

        if (Record(losses) is { } diverged)
        {
            return diverged;
        }

        _spans.Pause(_step);
        using var watch = RunWatch.Evaluate(images);
        using EndReadings? end = _step == _totalSteps && images != EvaluationImages.Cooldown ? new EndReadings(data, job.Metrics) : null;
        if (Measure(images, session, source, end, stop) is not var (loss, accuracy, errors))
        {
            return new TrainingOutcome.Cancelled(_step);
        }

        watch.Span?.SetTag(RunTelemetry.LossTag, loss).SetTag(RunTelemetry.AccuracyTag, accuracy);

        if (!double.IsFinite(loss) && images != EvaluationImages.Cooldown) // a copy that diverges says nothing about the run
        {
            return new TrainingOutcome.Diverged(
                _step - 1, schedule.At(_step - 1).LearningRate, FormattableString.Invariant($"the {(images == EvaluationImages.Test ? "test" : "validation")} loss is {loss}"));
        }

        EvaluationReading reading = new(_step, images, loss, accuracy);
        reading = end?.Complete(reading, errors) ?? reading;
        _evaluations.Add(reading);
        reporter.Add(reading);
        Report();
        return null;
    }

    private bool IsDue(EvaluationImages images) => images == EvaluationImages.Cooldown
        ? job.Cooldown?.IsDue(_step, _totalSteps) == true
        : job.Evaluation.IsDue(images, _step, _totalSteps, _stepsPerEpoch);

    private Measurement? Measure(
        EvaluationImages images, TrainingSession session, EvaluationSource source, EndReadings? end, CancellationToken stop) =>
        images == EvaluationImages.Cooldown
            ? Cooldown.Measure(session, schedule.At(_step), job.Cooldown!.Steps(_totalSteps), source, ReportOnTheWay, stop) // it is due, so there is a plan
            : Evaluator.Measure(session.Model, source, stop, end);

    private void ReportOnTheWay()
    {
        if (reporter.IsDue)
        {
            reporter.Renew();
            Report();
        }
    }

    private void Resume(TrainingSession session, Checkpoint found)
    {
        session.Restore(found.Session);
        _clock = new RunClock(time, found.WallTime, found.TrainingTime);
        _monitor = found.Monitor;
        _curve.Restore(found.Curve, found.PendingLosses.Sum, found.PendingLosses.Count);
        foreach (EvaluationReading reading in found.Evaluations)
        {
            _evaluations.Add(reading);
            reporter.Add(reading);
        }

        _step = _resumedFrom = found.Step;
    }

    private Checkpoint Capture(string fingerprint, TrainingSession session) => new()
    {
        Fingerprint = fingerprint,
        Step = _step,
        WallTime = _clock.Wall,
        TrainingTime = _clock.Training,
        Monitor = _monitor,
        Curve = _curve.Points,
        PendingLosses = _curve.Pending,
        Evaluations = [.. _evaluations],
        Session = session.Save(),
    };

    private void Report()
    {
        RunTelemetry.Current.Flush();
        reporter.Report(_step, _totalSteps, _step - _resumedFrom, ImagesPerSecond, _clock, MemoryBytes);
    }

    private long? MemoryBytes => _fused || _step == _resumedFrom ? null : _memory.Bytes;

    private TrainingResult Result(TrainingOutcome outcome) => new()
    {
        Outcome = outcome,
        Circumstances = RunCircumstances.Of(data, split, job.Seed, _parameters, _startedAt, _fused),
        MemoryBytes = MemoryBytes,
        Steps = _step,
        TotalSteps = _totalSteps,
        StepsPerEpoch = _stepsPerEpoch,
        CooldownSteps = (job.Cooldown?.Steps(_totalSteps) ?? 0) * _evaluations.Count(reading => reading.Images == EvaluationImages.Cooldown),
        ResumedFromStep = _resumedFrom,
        TrainLoss = _curve.LastLoss,
        Curve = _curve.Points,
        Evaluations = [.. _evaluations],
        WallTime = _clock.Wall,
        TrainingTime = _clock.Training,
        ImagesPerSecond = ImagesPerSecond,
        StepsPerSecond = ImagesPerSecond / _imagesPerStep,
        FinalWeightsHash = _weightsHash,
    };
}
