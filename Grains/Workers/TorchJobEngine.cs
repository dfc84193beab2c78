using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers.Batches;
using Sweeper.Grains.Workers.Fusing;
using Sweeper.Grains.Workers.Memory;
using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.OwnModels;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>Runs jobs with the training engine on one device.</summary>
internal sealed partial class TorchJobEngine(
    WorkerKey worker, TorchDevice device, ImageDataCache images, CheckpointFolder checkpoints, TimeProvider clock, ILogger logger, DeviceHostOptions options,
    ModelRegistry models, OwnModelChecks ownModels)
    : IJobEngine
{
    private readonly Trainer _trainer = new(clock);
    private readonly RangeTestRunner _rangeTests = new(clock);
    private readonly MemoryGate _memory = new(MemoryCapacity.Of(device, options.MemoryBytes), logger);
    private readonly FusedTrials _fused = new(options.Fused, worker, options.SlotsOf(worker.Device), clock, logger);

    /// <inheritdoc />
    public int JobsPerSlot => _fused.Members;

    /// <inheritdoc />
    public string Description => device.Description;

    /// <inheritdoc />
    public ImmutableArray<string> Labels =>
        [.. device.Labels, .. models.List().Where(plugin => plugin.Sha256 is not null).Select(plugin => PluginLabels.Of(plugin.Plugin, plugin.Sha256!)).Distinct()];

    /// <inheritdoc />
    public long MemoryBytes => device.MemoryBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <inheritdoc />
    public ImmutableArray<SpecProblem> Check(SweepSpec spec)
    {
        try
        {
            using ImageDataLease data = images.Lease(EngineJobs.Data(spec), device.ToTorch());
            ImmutableArray<SpecProblem> own = Own(spec, data.Data);
            return own.IsEmpty ? EngineCheck.Of(spec, data.Data, models) : own;
        }
        catch (DataSetException error)
        {
            return [new SpecProblem("data", spec.Data.Set, error.Message)];
        }
    }

    /// <inheritdoc />
    public ModelTrial TryModel(SweepSpec spec, bool run)
    {
        if (!run)
        {
            return ownModels.Identify(spec);
        }

        try
        {
            using ImageDataLease data = images.Lease(EngineJobs.Data(spec), device.ToTorch());
            return ownModels.Try(spec, data.Data);
        }
        catch (DataSetException error)
        {
            return ModelTrial.Refused(new SpecProblem("data", spec.Data.Set, error.Message));
        }
    }

    /// <summary>Problems of a model or of metrics of the user's own; none with a built-in model alone.</summary>
    private ImmutableArray<SpecProblem> Own(SweepSpec spec, ImageData data) => !spec.HasOwnCode ? [] : ownModels.Try(spec, data).Problems;

    /// <inheritdoc />
    public EngineIdentity? Identify(SweepSpec spec)
    {
        try
        {
            using ImageDataLease data = images.Lease(EngineJobs.Data(spec), device.ToTorch());
            return new EngineIdentity(TorchRuntime.PlatformOf(device), data.Data.ContentHash);
        }
        catch (DataSetException error)
        {
            LogNotIdentified(spec.Name, error);
            return null;
        }
    }

    /// <inheritdoc />
    public ImmutableArray<MeasuredSpeed> Measure(SweepSpec spec, ImmutableArray<int> batchSizes)
    {
        try
        {
            using ImageDataLease data = images.Lease(EngineJobs.Data(spec), device.ToTorch());
            return Own(spec, data.Data) is [var problem, ..]
                ? [.. batchSizes.Select(batch => new MeasuredSpeed(batch, 0, 0, 0, 0, 0, problem.Message))]
                : [.. batchSizes.Select(batch => SpeedTest.Of(spec, batch, data.Data, _trainer, models))];
        }
        catch (DataSetException error)
        {
            return [.. batchSizes.Select(batch => new MeasuredSpeed(batch, 0, 0, 0, 0, 0, error.Message))];
        }
    }

    /// <inheritdoc />
    public BatchFit FitBatch(SweepSpec spec, int slots)
    {
        try
        {
            using ImageDataLease data = images.Lease(EngineJobs.Data(spec), device.ToTorch());
            return Own(spec, data.Data) is [var problem, ..]
                ? new BatchFit(0, problem.Message, [], device.Description)
                : new BatchFitter(_rangeTests, device, slots, options.MemoryBytes, models).Find(spec, data.Data);
        }
        catch (DataSetException error)
        {
            return new BatchFit(0, error.Message, [], device.Description);
        }
    }

    /// <inheritdoc />
    public JobReport Run(JobTicket ticket, JobControl control)
    {
        using ImageDataLease data = Load(ticket, control);
        return (ticket.Key.Kind, ticket.Spec.Purpose) switch
        {
            (JobKind.RangeTest, _) => RunRangeTest(ticket, data.Data, control),
            (_, SweepPurpose.ResumeCheck) => new ResumeCheck(data.Data, _trainer, worker.ToString(), models).Run(
                ticket, checkpoints.FileOf(ticket.Key), Progress(ticket, data.Data, control), control),
            _ => RunTrial(ticket, data.Data, control),
        };
    }

    /// <inheritdoc />
    public JobReport Failure(JobTicket ticket, Exception error)
    {
        string text = error is DataSetException or CheckpointException or OwnModelException ? error.Message : $"{error.GetType().Name}: {error.Message}";
        var run = new RunInfo(
            worker.ToString(), device.Description, TorchRuntime.Versions, ticket.Seed, "", 0, clock.GetUtcNow(), 0, 0, 0, 0, 0);
        return new JobReport(ticket.Key, ticket.Attempt, ticket.LeaseId, new JobOutcome.Failed(text), run, JobCurves.Empty);
    }

    /// <inheritdoc />
    public void Forget(JobKey key) => checkpoints.Delete(key);

    private ImageDataLease Load(JobTicket ticket, JobControl control)
    {
        using Activity? span = SweeperTelemetry.Source.StartActivity(Spans.LoadData)?.SetTag(Attributes.DataSet, ticket.Spec.Data.Set);
        return images.Lease(EngineJobs.Data(ticket.Spec), device.ToTorch(), cancellationToken: control.Stop);
    }

    private JobReport RunTrial(JobTicket ticket, ImageData data, JobControl control)
    {
        var checkpoint = new CheckpointOptions { Path = checkpoints.FileOf(ticket.Key), DeleteAtEnd = false };
        checkpoint = options.CheckpointInterval is { } interval ? checkpoint with { Interval = interval } : checkpoint;
        Lineage? lineage = ticket.Plan?.Lineage;
        TrainingJob job = EngineJobs.Training(
            ticket.Spec,
            ticket.Configuration,
            ticket.Seed,
            checkpoint,
            ticket.Plan,
            lineage?.WeightsFrom is { } from ? checkpoints.WeightsOf(ticket.Key with { Number = from }) : null,
            lineage is { KeepsWeights: true } ? checkpoints.WeightsOf(ticket.Key) : null,
            ticket.Spec.Purpose == SweepPurpose.Weights ? checkpoints.ModelOf(ticket.Key) : null,
            models);
        _fused.Prepare(job, data);
        TrainingResult result = Roomy(
            ticket,
            data,
            control,
            measured => Fused(arrays => Resume(new Trainer(clock, arrays), job, checkpoint, data, ticket, Progress(ticket, data, control, measured), control.Stop), ticket),
            ended => ended.Outcome is TrainingOutcome.OutOfMemory);
        return EngineReports.Training(ticket, worker.ToString(), result, control.StopReason());
    }

    /// <summary>Goes on from the checkpoint, or from the start where it is of no use: a damaged file costs time, not the trial.</summary>
    private TrainingResult Resume(
        Trainer trainer, TrainingJob job, CheckpointOptions checkpoint, ImageData data, JobTicket ticket, EngineProgress progress, CancellationToken stop)
    {
        try
        {
            return trainer.Run(job, data, progress, stop);
        }
        catch (CheckpointException error) when (File.Exists(checkpoint.Path))
        {
            LogCheckpointUseless(ticket.Key, error);
            File.Delete(checkpoint.Path);
            return trainer.Run(job, data, progress, stop);
        }
    }

    private JobReport RunRangeTest(JobTicket ticket, ImageData data, JobControl control)
    {
        RangeTestJob job = EngineJobs.RangeTest(ticket.Spec, ticket.Configuration, ticket.Seed, ticket.LengthFactor, ticket.Repeat, models);
        RangeTestResult result = Roomy(
            ticket,
            data,
            control,
            measured => Fused(arrays => new RangeTestRunner(clock, arrays).Run(job, data, Progress(ticket, data, control, measured), control.Stop), ticket),
            ended => ended.Outcome is RangeTestOutcome.OutOfMemory);
        return EngineReports.RangeTest(ticket, worker.ToString(), result, control.StopReason());
    }

    /// <summary>Runs it with others, or alone where that fails, most likely for want of memory: it says nothing about one of them.</summary>
    private T Fused<T>(Func<TrainingArrays?, T> run, JobTicket ticket)
    {
        try
        {
            return run(_fused.Arrays);
        }
        catch (FusedStepException error)
        {
            _fused.Shrink(error);
            LogRunsAlone(ticket.Key, error);
            return run(null);
        }
    }

    /// <summary>Runs it when there is memory for it.</summary>
    private T Roomy<T>(JobTicket ticket, ImageData data, JobControl control, Func<Action<long>, T> run, Func<T, bool> isFull) => RoomyRun.Of(
        alone =>
        {
            if (alone)
            {
                LogRunsWithRoom(ticket.Key);
            }

            return _memory.Enter(ticket.Key, MemoryKind.Of(ticket, data), ticket.Configuration.BatchSize, alone, control.Alive, control.Stop);
        },
        stay => run(stay.Measured),
        isFull);

    private EngineProgress Progress(JobTicket ticket, ImageData data, JobControl control, Action<long>? measured = null)
    {
        var meter = new TrainingMeter(worker.ToString(), Math.Min(ticket.Configuration.BatchSize, data.TrainCount));
        return new EngineProgress(at =>
        {
            meter.Note(at.Step);
            if (at.MemoryBytes is { } bytes)
            {
                measured?.Invoke(bytes);
            }

            control.Progress(Told(ticket, data, at));
        });
    }

    private JobProgress Told(JobTicket ticket, ImageData data, TrainingProgress at) => new(
        ticket.Key,
        ticket.Attempt,
        worker.ToString(),
        at.Step,
        at.TotalSteps,
        at.LearningRate,
        at.Momentum,
        at.TrainLoss,
        at.ValidationAccuracy ?? at.TestAccuracy,
        at.ImagesPerSecond,
        at.TimeLeft?.TotalSeconds,
        Readings(ticket, data, at));

    /// <summary>Only a trial is judged on its way.</summary>
    private static ProgressReadings? Readings(JobTicket ticket, ImageData data, TrainingProgress at) =>
        ticket.Key.Kind != JobKind.Trial || at.NewReadings.Count == 0
            ? null
            : new ProgressReadings(
                [.. at.NewReadings.Select(reading => reading.Step)],
                [.. at.NewReadings.Select(reading => reading.Accuracy)],
                data.Task.IsRegression ? 0 : data.Classes.Count,
                Split.HeldOut(data.TrainCount, ticket.Spec.Data.Validation));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The data of {Sweep} could not be loaded to compare it with an earlier sweep's")]
    private partial void LogNotIdentified(string sweep, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} runs alone, from its checkpoint or from its start: several at once failed")]
    private partial void LogRunsAlone(JobKey job, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} ran out of memory beside others; it runs again, from its checkpoint or from its start, with the device to itself")]
    private partial void LogRunsWithRoom(JobKey job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} starts anew: its checkpoint is of no use")]
    private partial void LogCheckpointUseless(JobKey job, Exception error);
}
