using System.Diagnostics;
using Sweeper.Contracts.Telemetry;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Telemetry;

/// <summary>What the engine's runs do, as Sweeper's spans, measurements and slots' times.</summary>
internal sealed class RunMeasurements : IRunTelemetry
{
    private RunMeasurements()
    {
    }

    /// <summary>Has runs of this process measured.</summary>
    public static void Install() => RunTelemetry.Current = new RunMeasurements();

    /// <inheritdoc />
    public Activity? StartSpan(string name) => SweeperTelemetry.Source.StartActivity(name);

    /// <inheritdoc />
    public void Enter(string activity) => SlotClock.Enter(activity);

    /// <inheritdoc />
    public void Flush() => SlotClock.Flush();

    /// <inheritdoc />
    public void EpochTook(double seconds) => Instruments.EpochDuration.Record(seconds);

    /// <inheritdoc />
    public void EvaluationTook(double seconds, string images) =>
        Instruments.EvaluationDuration.Record(seconds, new KeyValuePair<string, object?>(Attributes.Images, images));

    /// <inheritdoc />
    public void CheckpointTook(double seconds, string operation) =>
        Instruments.CheckpointDuration.Record(seconds, new KeyValuePair<string, object?>(Attributes.CheckpointOperation, operation));

    /// <inheritdoc />
    public void CheckpointHas(long bytes, string operation) =>
        Instruments.CheckpointSize.Record(bytes, new KeyValuePair<string, object?>(Attributes.CheckpointOperation, operation));
}
