using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Telemetry;
using Sweeper.Training.Schedules;

namespace Sweeper.Grains.Workers.External;

/// <summary>One attempt: follows a command by what it reports, until it ends or has to be ended.</summary>
internal sealed class ExternalRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50), TellEvery = TimeSpan.FromMilliseconds(500);

    private readonly JobTicket _ticket;
    private readonly ExternalPlan _plan;
    private readonly MetricsFile _file;
    private readonly JobControl _control;
    private readonly TrainingMeter _meter;
    private readonly string _worker;
    private readonly TimeProvider _clock;
    private readonly long _startedAt;
    private long _heardAt;
    private long _toldAt;
    private int _lines;
    private int _judged;

    /// <summary>Takes up what earlier attempts reported.</summary>
    public ExternalRun(JobTicket ticket, ExternalPlan plan, MetricsFile file, JobControl control, string worker, TimeProvider clock)
    {
        (_ticket, _plan, _file, _control, _worker, _clock) = (ticket, plan, file, control, worker, clock);
        _meter = new TrainingMeter(worker, ticket.Configuration.BatchSize);
        Metrics = new MetricsRecorder(plan, Trainer.Classes);
        foreach (string line in file.Read(ended: false))
        {
            Metrics.Take(line);
        }

        if (Metrics.Complaint is not null || Metrics.Diverged is not null)
        {
            Metrics = new MetricsRecorder(plan, Trainer.Classes); // this attempt may do better
        }

        Before = Metrics.Step;
        _startedAt = _heardAt = _toldAt = clock.GetTimestamp();
    }

    /// <summary>What was reported.</summary>
    public MetricsRecorder Metrics { get; }

    /// <summary>Step of the checkpoint that the program went on from; 0: it began at the start.</summary>
    public int ResumedFrom { get; private set; }

    /// <summary>Steps in a pass over the training data.</summary>
    public int StepsPerEpoch => _plan.StepsPerEpoch;

    /// <summary>Training examples per second of this attempt.</summary>
    public double ExamplesPerSecond => _clock.GetElapsedTime(_startedAt).TotalSeconds is > 0 and var seconds
        ? Math.Max(0, Metrics.Step - ResumedFrom) * _ticket.Configuration.BatchSize / seconds
        : 0;

    private TrainerSpec Trainer => _ticket.Spec.Trainer!; // an external job

    private int Before { get; }

    private TimeSpan LongestSilence => _ticket.Spec.Limits.NoProgress ?? LimitsSpec.UsualNoProgress;

    /// <summary>Follows the command to its end.</summary>
    public JobOutcome ToEnd(CommandProcess process)
    {
        SlotClock.Enter(SlotClock.Training);
        _meter.Note(Before);
        while (true)
        {
            bool ended = process.WaitForEnd(Look);
            if (Hear(ended) is { } verdict)
            {
                process.Stop(Trainer.Grace);
                return verdict;
            }

            if (ended)
            {
                process.EndGroup();
                ResumedFrom = _lines == 0 ? Before : ResumedFrom; // an earlier attempt had taken the last step
                return ExternalReports.Ended(_ticket, _plan, Metrics, process);
            }

            if (Overdue() is { } reason)
            {
                process.Stop(Trainer.Grace);
                return reason;
            }

            Tell();
        }
    }

    /// <summary>Reads what is new; what ends the job, where something does.</summary>
    private JobOutcome? Hear(bool ended)
    {
        List<string> lines;
        try
        {
            lines = _file.Read(ended);
        }
        catch (InvalidDataException error)
        {
            return new JobOutcome.Failed($"`{Trainer.CommandLine}`: {error.Message}");
        }

        foreach (string line in lines)
        {
            int before = Metrics.Step;
            Metrics.Take(line);
            ResumedFrom = _lines++ == 0 && Before > 0 ? Math.Min(Before, Math.Max(0, Metrics.Step - 1)) : ResumedFrom;
        }

        if (lines.Count > 0)
        {
            _heardAt = _clock.GetTimestamp();
            _meter.Note(Metrics.Step);
        }

        return Metrics.Complaint is { } complaint ? new JobOutcome.Failed($"`{Trainer.CommandLine}`: {complaint}")
            : Metrics.Diverged is not { } diverged ? null
            : _plan.Ramp is null ? diverged
            : new JobOutcome.RangeTested(ExternalReports.Findings(_ticket, _plan, Metrics));
    }

    private JobOutcome? Overdue()
    {
        if (_control.Stop.IsCancellationRequested)
        {
            return new JobOutcome.Stopped(_control.StopReason() ?? "it was asked to");
        }

        if (Trainer.Timeout is { } longest && _clock.GetElapsedTime(_startedAt) > longest)
        {
            return new JobOutcome.Failed(FormattableString.Invariant($"`{Trainer.CommandLine}` was ended: it ran longer than trainer.timeout, {longest.TotalSeconds:0.#} s"));
        }

        return _clock.GetElapsedTime(_heardAt) > LongestSilence
            ? new JobOutcome.Failed(FormattableString.Invariant($"`{Trainer.CommandLine}` was ended: it hangs, having reported nothing for {LongestSilence.TotalSeconds:0.#} s (limits.no_progress), step {Metrics.Step} last"))
            : null;
    }

    /// <summary>Says where it stands; also while nothing is new, as its silence is judged here.</summary>
    private void Tell()
    {
        if (_clock.GetElapsedTime(_toldAt) < TellEvery)
        {
            return;
        }

        _toldAt = _clock.GetTimestamp();
        _control.Progress(Progress());
    }

    private JobProgress Progress()
    {
        SchedulePoint at = _plan.Schedule.At(Math.Max(0, Metrics.Step - 1));
        double rate = ExamplesPerSecond / _ticket.Configuration.BatchSize;
        return new JobProgress(
            _ticket.Key,
            _ticket.Attempt,
            _worker,
            Metrics.Step,
            _plan.Steps,
            at.LearningRate,
            at.Momentum,
            Metrics.Losses.Count == 0 ? double.NaN : Metrics.Losses[^1].Loss,
            (Metrics.Last(EvaluationSet.Validation) ?? Metrics.Last(EvaluationSet.Test))?.Accuracy,
            ExamplesPerSecond,
            rate > 0 ? (_plan.Steps - Metrics.Step) / rate : null,
            Readings());
    }

    /// <summary>Only a trial is judged on its way, and each of its readings once.</summary>
    private ProgressReadings? Readings()
    {
        Evaluation[] news = [.. Metrics.Readings.Where(reading => reading.Images == EvaluationSet.Validation && reading.Step > _judged)];
        if (_plan.Ramp is not null || news.Length == 0)
        {
            return null;
        }

        _judged = news[^1].Step;
        return new ProgressReadings(
            [.. news.Select(reading => reading.Step)], [.. news.Select(reading => reading.Accuracy)], Trainer.Classes, Trainer.ValidationExamples);
    }
}
