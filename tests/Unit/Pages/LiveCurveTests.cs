using Sweeper.Contracts.Jobs;
using Sweeper.Grains.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Pages;

public sealed class LiveCurveTests
{
    private static readonly JobKey Trial = new("s", JobKind.Trial, 1);

    [Fact]
    public void Add_ReportOfEveryStep_KeepsAFewHundredPointsAndTheLast()
    {
        const int steps = 100_000;
        var curve = new LiveCurve(1, steps, 0);
        for (int step = 1; step <= steps; step++)
        {
            curve.Add(Report(step, steps) with { Readings = new ProgressReadings([step], [0.5], 10, 100) }, step);
        }

        JobCurves all = curve.After(0);
        Assert.InRange(all.Step.Length, LiveCurve.Most / 2, LiveCurve.Most + 2);
        Assert.InRange(all.Evaluations.Length, LiveCurve.Most / 2, LiveCurve.Most + 2);
        Assert.Equal(steps, all.Step[^1]);
        Assert.All(new[] { all.LearningRate.Length, all.Momentum.Length, all.TrainLoss.Length, all.SmoothedLoss.Length }, length => Assert.Equal(all.Step.Length, length));
    }

    [Fact]
    public void After_View_HasWhatCameLater()
    {
        var curve = new LiveCurve(1, 10, 4);
        curve.Add(Report(1, 10), 5);
        curve.Add(Report(2, 10) with { Readings = new ProgressReadings([2], [0.3], 10, 100), Accuracy = 0.3 }, 6);
        curve.Add(Report(3, 10) with { Accuracy = 0.3 }, 7); // the same reading still

        Assert.Equal([1, 2, 3], curve.After(4).Step);
        Assert.Equal([3], curve.After(6).Step);
        Assert.Empty(curve.After(6).Evaluations);
        Evaluation reading = Assert.Single(curve.After(5).Evaluations);
        Assert.Equal((2, EvaluationSet.Validation, 0.3), (reading.Step, reading.Images, reading.Accuracy));
    }

    [Fact]
    public void Add_RangeTest_TakesTheAccuracyThatItSays()
    {
        var curve = new LiveCurve(1, 10, 0);
        JobKey test = Trial with { Kind = JobKind.RangeTest };
        curve.Add(Report(1, 10) with { Key = test, Accuracy = 0.1, TrainLoss = double.NaN }, 1); // before the first loss
        curve.Add(Report(2, 10) with { Key = test, Accuracy = 0.1 }, 2);
        curve.Add(Report(3, 10) with { Key = test, Accuracy = 0.2 }, 3);

        Assert.Equal([2, 3], curve.After(0).Step);
        Assert.Equal([(1, 0.1), (3, 0.2)], curve.After(0).Evaluations.Select(reading => (reading.Step, reading.Accuracy)));
    }

    private static JobProgress Report(int step, int steps) => new(Trial, 1, "node/cpu", step, steps, 0.1, 0.9, 1.5, null, 100, null);
}
