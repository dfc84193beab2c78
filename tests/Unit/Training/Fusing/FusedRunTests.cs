using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Fusing;

/// <summary>Whole runs, fused, against the same runs alone.</summary>
public sealed class FusedRunTests
{
    // Sums are rounded in another order, 6e-8 of them each time. That is all, until rounding makes a ReLU or a max pooling
    // choose otherwise at some image: from there on the runs differ by a thousandth or so, as two machines would.
    // ArrayModelTests has the formulas, in double precision, to 1e-9.

    /// <summary>Steps before anything has chosen otherwise.</summary>
    private const int Quiet = 5;

    /// <summary>Largest difference of a loss, over the loss, within them.</summary>
    private const double QuietTolerance = 2e-5;

    /// <summary>Largest difference of a loss, over the loss, in 200 steps.</summary>
    private const double Tolerance = 0.02;

    /// <summary>Largest median of them.</summary>
    private const double MedianTolerance = 1e-3;

    [Theory]
    [InlineData("mlp", 0.02)]
    [InlineData("lenet", 0.002)]
    [InlineData("small-cnn", 0.02)]
    [InlineData("resnet20", 0.0002)]
    [InlineData("resnet20-smith", 0.0002, Explicit = true)] // for its time; resnet20 has the same layers
    public void Run_TogetherWithOthers_GivesTheLossesThatItGivesAlone(string model, double peak) => Compare(model, peak, 200);

    [Theory(Explicit = true)]
    [InlineData("resnet9", 0.0002)]
    [InlineData("wrn32x4", 0.0002)]
    public void Run_LargeModelTogetherWithOthers_GivesTheLossesThatItGivesAlone(string model, double peak) => Compare(model, peak, 200);

    private static void Compare(string model, double peak, int steps)
    {
        using ImageData data = FusedRuns.Data(model);
        TrainingJob[] jobs =
        [
            FusedRuns.Job(model, steps, peak, decay: 1e-3, dropout: 0, seed: 1),
            FusedRuns.Job(model, steps - 60, peak / 4, decay: 0, dropout: 0.3, seed: 2),
            FusedRuns.Job(model, steps, peak / 2, decay: 1e-4, dropout: 0.1, seed: 1),
        ];

        TrainingResult[] alone = FusedRuns.Alone(jobs, data);
        TrainingResult[] fused = FusedRuns.Together(jobs, data);

        foreach ((TrainingResult one, TrainingResult other) in alone.Zip(fused))
        {
            Assert.EndsWith(", fused", other.Circumstances.Platform, StringComparison.Ordinal);
            Assert.IsType<TrainingOutcome.Completed>(other.Outcome);
            Assert.Equal(one.Steps, other.Steps);
            Assert.Equal(one.Curve.Length, other.Curve.Length);
            double[] errors = [.. one.Curve.Zip(other.Curve).Select(pair => Math.Abs(pair.First.TrainLoss - pair.Second.TrainLoss) / Math.Max(0.1, pair.First.TrainLoss))];
            double quiet = errors.Take(Quiet).Max();
            double median = errors.Order().ElementAt(errors.Length / 2);
            string text = FormattableString.Invariant($"{model}: losses differ by {quiet:e1} in {Quiet} steps, {errors.Max():e1} in {errors.Length}, their median is {median:e1}");
            TestContext.Current.TestOutputHelper?.WriteLine(text);
            Assert.True(quiet < QuietTolerance && median < MedianTolerance && errors.Max() < Tolerance, text);
            Assert.Equal(one.Test!.Value.Loss, other.Test!.Value.Loss, 0.05);
            Assert.Equal(one.Curve.Select(point => (point.Step, point.LearningRate, point.Momentum)), other.Curve.Select(point => (point.Step, point.LearningRate, point.Momentum)));
        }
    }
}
