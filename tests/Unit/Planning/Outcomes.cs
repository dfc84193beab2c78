using Sweeper.Contracts.Jobs;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Outcomes as workers report them.</summary>
internal static class Outcomes
{
    public static JobOutcome.Trained Trained(double test = 0.9, double? validation = 0.91, string weights = "ab") =>
        new(new TrialScore(0.3, validation is null ? null : 0.31, validation, 0.32, test, weights));

    /// <summary>A range test; null: one that found no usable maximum.</summary>
    public static JobOutcome.RangeTested Tested(double? maximum) => new(new RangeTestFindings(
        maximum is null ? RangeTestVerdict.Inconclusive : RangeTestVerdict.Possible,
        maximum is null ? "accuracy never left chance" : "flat to the end",
        maximum, maximum / 10, null, null, null, null, 0.9, 0.8, null));

    public static JobOutcome.Stopped Stopped() => new("the sweep was cancelled");

    public static JobOutcome.StoppedEarly StoppedEarly() => new(Against());

    /// <summary>What a rule has against a trial.</summary>
    public static StopEvidence Against() => new("same_phase", 0.75, 0.5, 0.9, "it cannot win");

    public static JobOutcome.Failed Failed() => new("the disk is full");

    public static JobOutcome.OutOfMemory OutOfMemory() => new("CUDA out of memory");

    public static JobOutcome.Diverged Diverged() => new(17, 0.5, "loss is NaN");

    public static RunInfo Run(int seed, DateTimeOffset at, double epochs) =>
        new("node/cpu", "CPU (2 threads)", "test", seed, "00", 10, at, 60, 100, epochs, 1000, 0);
}
