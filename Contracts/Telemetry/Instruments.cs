using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Telemetry;

/// <summary>What is measured. Tags are few and of few values: a sweep's name only on what is shown while it is at work, a job's nowhere.</summary>
public static class Instruments
{
    private static readonly double[] Waits = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Runs = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 43200, 86400];
    private static readonly List<InstrumentDefinition> Defined = [];

    /// <summary>Jobs that ended.</summary>
    public static Counter<long> JobsEnded { get; } = Counter<long>(
        "sweeper.jobs.ended", "{job}", "Trials and range tests that ended, results that were taken over included.", Attributes.JobKind, Attributes.Outcome);

    /// <summary>Attempts that ended.</summary>
    public static Counter<long> AttemptsEnded { get; } = Counter<long>(
        "sweeper.attempts.ended", "{attempt}", "Attempts that ended, were lost or handed back.", Attributes.JobKind, Attributes.Outcome);

    /// <summary>Length of jobs.</summary>
    public static Histogram<double> JobDuration { get; } = Histogram(
        "sweeper.job.duration", "s", "Time that a job took on workers, its attempts added up.", Runs, Attributes.JobKind, Attributes.Outcome);

    /// <summary>Accuracy of trials.</summary>
    public static Histogram<double> TrialAccuracy { get; } = Histogram(
        "sweeper.trial.accuracy", "{fraction}", "Accuracy that a completed trial reached, by which the sweep selects.",
        [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.96, 0.98, 0.99, 0.995]);

    /// <summary>Time between jobs.</summary>
    public static Histogram<double> JobGap { get; } = Histogram(
        "sweeper.job.gap", "s", "Time from the end of a job to the start of the next one of the same sweep in its slot.", Waits, Attributes.Worker);

    /// <summary>Images trained on.</summary>
    public static Counter<long> TrainingImages { get; } = Counter<long>(
        "sweeper.training.images", "{image}", "Training images seen by optimiser steps, counted whenever a run reports.", Attributes.Worker);

    /// <summary>Optimiser steps.</summary>
    public static Counter<long> TrainingSteps { get; } = Counter<long>(
        "sweeper.training.steps", "{step}", "Optimiser steps, counted whenever a run reports.", Attributes.Worker);

    /// <summary>What slots spend their time with.</summary>
    public static Counter<double> SlotTime { get; } = Counter<double>(
        "sweeper.slot.time", "s", "Time of slots by what they did; idle time with its reason, as far as the coordinators of the same silo know it.",
        Attributes.Worker, Attributes.SlotActivity, Attributes.IdleReason);

    /// <summary>Length of passes.</summary>
    public static Histogram<double> EpochDuration { get; } = Histogram(
        "sweeper.epoch.duration", "s", "Time of a whole pass over the training images, with its readings and checkpoints.", Runs);

    /// <summary>Length of readings.</summary>
    public static Histogram<double> EvaluationDuration { get; } = Histogram(
        "sweeper.evaluation.duration", "s", "Time of a reading on held-out images.", Waits, Attributes.Images);

    /// <summary>Time of checkpoints.</summary>
    public static Histogram<double> CheckpointDuration { get; } = Histogram(
        "sweeper.checkpoint.duration", "s", "Time to save or load a checkpoint.", Waits, Attributes.CheckpointOperation);

    /// <summary>Size of checkpoints.</summary>
    public static Histogram<double> CheckpointSize { get; } = Histogram(
        "sweeper.checkpoint.size", "By", "Size of a checkpoint.", [1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10], Attributes.CheckpointOperation);

    /// <summary>Time of the store.</summary>
    public static Histogram<double> StoreDuration { get; } = Histogram(
        "db.client.operation.duration", "s", "Time until a change of the store is durable, or a question answered; tries included.",
        [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10], Attributes.DbSystem, Attributes.DbOperation, Attributes.ErrorType);

    /// <summary>Changes that share a transaction.</summary>
    public static Histogram<double> StoreBatch { get; } = Histogram(
        "sweeper.store.batch.size", "{change}", "Changes of the store that shared a transaction.", [1, 2, 4, 8, 16, 32, 64, 128], Attributes.DbSystem);

    /// <summary>Nodes that fell silent.</summary>
    public static Counter<long> NodesLost { get; } = Counter<long>(
        "sweeper.nodes.lost", "{node}", "Nodes that fell silent and whose slots were taken back.");

    /// <summary>Sweeps at work.</summary>
    public static ObservableGauge<long> Sweeps { get; } = Gauge(
        "sweeper.sweeps", "{sweep}", "Sweeps that a coordinator of this silo has in hand and that have not ended.", SweepGauges.Sweeps, Attributes.SweepStatus);

    /// <summary>Jobs of sweeps at work.</summary>
    public static ObservableGauge<long> Jobs { get; } = Gauge(
        "sweeper.jobs", "{job}", "Jobs of the sweeps in hand that have not ended.", SweepGauges.Jobs, Attributes.Sweep, Attributes.JobKind, Attributes.JobState);

    /// <summary>Best accuracy of sweeps at work.</summary>
    public static ObservableGauge<double> BestAccuracy { get; } = Gauge(
        "sweeper.sweep.best_accuracy", "{fraction}", "Best mean accuracy so far of the sweeps in hand, by which they select.", SweepGauges.Best, Attributes.Sweep);

    /// <summary>Workers that the pool knows.</summary>
    public static ObservableGauge<long> Workers { get; } = Gauge(
        "sweeper.workers", "{worker}", "Devices that the pool knows; on the silo that the pool is on.", PoolGauges.Workers);

    /// <summary>Slots that the pool knows.</summary>
    public static ObservableGauge<long> Slots { get; } = Gauge(
        "sweeper.slots", "{slot}", "Slots of the devices that the pool knows.", PoolGauges.Slots);

    /// <summary>Load of GPUs.</summary>
    public static ObservableGauge<double> GpuUtilization { get; } = Gauge(
        "hw.gpu.utilization", "1", "Share of time that the GPU was at work, as its driver says. Of a CPU: `dotnet.process.cpu.time`.",
        GpuGauges.Utilization, Attributes.HardwareId, Attributes.HardwareName);

    /// <summary>Memory in use on GPUs.</summary>
    public static ObservableGauge<long> GpuMemoryUsage { get; } = Gauge(
        "hw.gpu.memory.usage", "By", "Memory of the GPU in use, by whomever. Of a CPU: `dotnet.process.memory.working_set`.",
        GpuGauges.MemoryUsage, Attributes.HardwareId, Attributes.HardwareName);

    /// <summary>Memory of GPUs.</summary>
    public static ObservableGauge<long> GpuMemoryLimit { get; } = Gauge(
        "hw.gpu.memory.limit", "By", "Memory of the GPU.", GpuGauges.MemoryLimit, Attributes.HardwareId, Attributes.HardwareName);

    /// <summary>Every one of them.</summary>
    public static ImmutableArray<InstrumentDefinition> All => [.. Defined];

    /// <summary>Shows counters that count rare events before the first of them: a rate knows no beginning. To be called once somebody listens.</summary>
    public static void StartAtZero()
    {
        NodesLost.Add(0);
        foreach (JobKind kind in Enum.GetValues<JobKind>())
        {
            KeyValuePair<string, object?> tag = new(Attributes.JobKind, Outcomes.Kind(kind));
            foreach (string outcome in Outcomes.Usual(kind))
            {
                JobsEnded.Add(0, tag, new(Attributes.Outcome, outcome));
                AttemptsEnded.Add(0, tag, new(Attributes.Outcome, outcome));
            }

            AttemptsEnded.Add(0, tag, new(Attributes.Outcome, Outcomes.Lost));
            AttemptsEnded.Add(0, tag, new(Attributes.Outcome, Outcomes.HandedBack));
        }
    }

    private static Counter<T> Counter<T>(string name, string unit, string description, params string[] tags)
        where T : struct => Define(SweeperTelemetry.Meter.CreateCounter<T>(name, unit, description), "counter", tags);

    private static Histogram<double> Histogram(string name, string unit, string description, double[] bounds, params string[] tags) => Define(
        SweeperTelemetry.Meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds }), "histogram", tags);

    private static ObservableGauge<T> Gauge<T>(string name, string unit, string description, Func<IEnumerable<Measurement<T>>> observe, params string[] tags)
        where T : struct => Define(SweeperTelemetry.Meter.CreateObservableGauge(name, observe, unit, description), "gauge", tags);

    private static T Define<T>(T instrument, string kind, string[] tags)
        where T : Instrument
    {
        Defined.Add(new InstrumentDefinition(instrument, kind, [.. tags]));
        return instrument;
    }
}

/// <summary>An instrument.</summary>
/// <param name="Instrument">Itself, with name, unit and description.</param>
/// <param name="Kind"><c>counter</c>, <c>histogram</c> or <c>gauge</c>.</param>
/// <param name="Tags">Names of its tags.</param>
public sealed record InstrumentDefinition(Instrument Instrument, string Kind, ImmutableArray<string> Tags)
{
    /// <summary>Name as Prometheus has it; of a histogram without <c>_bucket</c>, <c>_sum</c>, <c>_count</c>.</summary>
    public string PrometheusName => Instrument.Name.Replace('.', '_') + Instrument.Unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    } + (Kind == "counter" ? "_total" : "");
}
