using Sweeper.Contracts.Telemetry;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Telemetry;

/// <summary>The engine, which knows no contracts, uses the names that they have.</summary>
public sealed class RunTelemetryTests
{
    [Fact]
    public void Names_AreThoseOfTheContracts()
    {
        Assert.Equal(
            [Spans.Epoch, Spans.Train, Spans.Evaluate, Spans.SaveCheckpoint, Spans.LoadCheckpoint],
            [RunTelemetry.EpochSpan, RunTelemetry.TrainSpan, RunTelemetry.EvaluateSpan, RunTelemetry.SaveSpan, RunTelemetry.LoadSpan]);
        Assert.Equal([SlotClock.Training, SlotClock.Evaluating, SlotClock.Checkpointing], [RunTelemetry.Training, RunTelemetry.Evaluating, RunTelemetry.Checkpointing]);
        Assert.Equal([Outcomes.Diverged, Outcomes.OutOfMemory], [RunTelemetry.Diverged, RunTelemetry.OutOfMemory]);
        Assert.Equal(
            [Attributes.Epoch, Attributes.Steps, Attributes.Step, Attributes.Loss, Attributes.Accuracy, Attributes.Images, Attributes.CheckpointSize, Attributes.ErrorType],
            [
                RunTelemetry.EpochTag, RunTelemetry.StepsTag, RunTelemetry.StepTag, RunTelemetry.LossTag, RunTelemetry.AccuracyTag, RunTelemetry.ImagesTag,
                RunTelemetry.CheckpointSizeTag, RunTelemetry.ErrorTag,
            ]);
    }
}
