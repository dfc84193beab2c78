using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Workers;
using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Models;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers.Fusing;

/// <summary>
/// Decides how many trials a device trains as one network: as many as the setting says, or as many as a short measurement, made
/// once for every kind of trial, finds good.
/// </summary>
internal sealed partial class FusedTrials
{
    private readonly FusionProbe _probe;
    private readonly Lock _gate = new();
    private readonly Dictionary<ArrayKey, int> _found = [];
    private readonly WorkerKey _worker;
    private readonly ILogger _logger;
    private readonly bool _measures;

    /// <summary>Takes the setting.</summary>
    /// <param name="setting">What was asked for.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="slots">Arrays that the device trains at once.</param>
    /// <param name="clock">Source of time.</param>
    /// <param name="logger">Log.</param>
    public FusedTrials(FusedSetting setting, WorkerKey worker, int slots, TimeProvider clock, ILogger logger)
    {
        _probe = new FusionProbe(clock);
        (_worker, _logger) = (worker, logger);
        bool off = setting.When == FusedWhen.Off || (setting.When == FusedWhen.AutoOnGpu && worker.Device == TorchDevice.CpuName);
        _measures = !off && setting.When != FusedWhen.Always;
        Arrays = off ? null : new TrainingArrays(slots) { Members = setting.When == FusedWhen.Always ? setting.Members : 1 };
    }

    /// <summary>What trials join; null: each trains alone.</summary>
    public TrainingArrays? Arrays { get; }

    /// <summary>Most trials that one slot trains now.</summary>
    public int Members => Arrays?.Members ?? 1;

    /// <summary>Decides for the kind of trial that is about to start.</summary>
    public void Prepare(TrainingJob job, ImageData data)
    {
        if (!_measures || Arrays is not { } arrays)
        {
            return;
        }

        if (job.Model.Own is not null || job.Targets != TargetOptions.None || job.Precision != Precision.Full || data.Task.IsRegression)
        {
            arrays.Members = 1;
            return;
        }

        lock (_gate)
        {
            var key = ArrayKey.Of(job.Model, job.Optimiser, data, job.BatchSize, job.LabelSmoothing);
            if (!_found.TryGetValue(key, out int members))
            {
                long start = Stopwatch.GetTimestamp();
                try
                {
                    FusionReading reading = _probe.Measure(job, data, FusedSetting.MostMembers / 2);
                    members = reading.Best;
                    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                    LogMeasured(_worker, members, job.Model.Name, job.BatchSize, reading, seconds);
                }
                catch (ExternalException error)
                {
                    // What the device cannot do for several, it may do for one: the trial itself will show.
                    members = 1;
                    LogNotMeasured(_worker, job.Model.Name, error);
                }

                _found[key] = members;
            }

            arrays.Members = members;
        }
    }

    /// <summary>Takes note that so many failed.</summary>
    public void Shrink(FusedStepException error)
    {
        lock (_gate)
        {
            if (Arrays is { } arrays && arrays.Members > error.NextMembers)
            {
                arrays.Members = error.NextMembers;
                foreach (ArrayKey key in _found.Keys)
                {
                    _found[key] = Math.Min(_found[key], arrays.Members);
                }

                LogShrunk(_worker, arrays.Members, error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Worker} trains {Members} trials of {Model} with batches of {BatchSize} as one network; trials at once and their steps a second over those of one alone: {Reading}; measured in {Seconds:0.0} s")]
    private partial void LogMeasured(WorkerKey worker, int members, string model, int batchSize, FusionReading reading, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Worker} trains each trial of {Model} by itself: it could not be measured what several at once would give")]
    private partial void LogNotMeasured(WorkerKey worker, string model, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Worker} trains at most {Members} trials as one network from now on")]
    private partial void LogShrunk(WorkerKey worker, int members, Exception error);
}
