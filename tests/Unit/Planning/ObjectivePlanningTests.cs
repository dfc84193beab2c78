using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Samplers;
using Sweeper.Grains.Planning.Sampling;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>A search by another metric than accuracy learns from that metric.</summary>
public sealed class ObjectivePlanningTests
{
    private static readonly TrialRecord Accurate = Trial(1, 32, 0.9, new TrialMetrics(0.7, null, 0.6, 0.5));
    private static readonly TrialRecord Sure = Trial(2, 64, 0.8, new TrialMetrics(0.2, null, 0.7, 0.4));

    [Fact]
    public void See_ByLogLoss_TellsTheSamplerWhatGrowsWithWhatIsGood()
    {
        SweepSpec spec = TestSpecs.Sampled(SearchStrategy.Tpe, 20, rangeTested: false);
        Point point = new([0.5]);

        Assert.Equal(-0.9, SampledHistory.Of(spec)!.See(point, [Accurate]).Value);
        Assert.Equal(-Math.Exp(-0.7), SampledHistory.Of(By(spec, Metric.LogLoss))!.See(point, [Accurate]).Value!.Value, 1e-12);
        Assert.Equal(-0.5, SampledHistory.Of(By(spec, Metric.MacroF1))!.See(point, [Accurate]).Value);
    }

    [Theory]
    [InlineData(Metric.Accuracy, 1)]
    [InlineData(Metric.LogLoss, 2)]
    [InlineData(Metric.BalancedAccuracy, 2)]
    [InlineData(Metric.MacroF1, 1)]
    public void Move_OnTheRungs_RanksByTheMetric(Metric metric, int best)
    {
        SweepSpec spec = By(TestSpecs.Sampled(SearchStrategy.Tpe, 20, rangeTested: false), metric)
            .WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.CycleHyperband) });
        CycleLadder ladder = CycleLadder.Of(spec)!;
        foreach (TrialRecord trial in new[] { Accurate, Sure })
        {
            TrialRecord before = trial with { Status = JobStatus.Ready, Outcome = null };
            ladder = ladder.Add(before).Move(before, trial, [Accurate, Sure]);
        }

        Assert.Equal(best, ladder.Table.Rung(0)[0].Job.Configuration);
    }

    private static SweepSpec By(SweepSpec spec, Metric metric) => spec.WithSearch(search => search with { Objective = metric });

    private static TrialRecord Trial(int number, int batch, double accuracy, TrialMetrics metrics) => new(
        number, 1, new Configuration(0.1, batch, 0, 0), 1, 5, JobStatus.Done, 1,
        new JobOutcome.Trained(new TrialScore(0.1, metrics.LogLoss, accuracy, 0.2, accuracy, "0", metrics, metrics)), null);
}
