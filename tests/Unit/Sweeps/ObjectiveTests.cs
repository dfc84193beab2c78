using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Sweeps;

/// <summary>Rows ranked by other metrics than accuracy.</summary>
public sealed class ObjectiveTests
{
    private static readonly TrialRecord[] Trials =
    [
        Trial(1, 32, 0.9, new TrialMetrics(0.40, 0.99, 0.70, 0.60)),
        Trial(2, 64, 0.8, new TrialMetrics(0.30, 0.97, 0.75, 0.65)),
        Trial(3, 128, 0.7, new TrialMetrics(0.50, 0.98, 0.80, 0.50)),
        Trial(4, 256, 0.95, null), // of an earlier version
    ];

    [Theory]
    [InlineData(Metric.Accuracy, new[] { 4, 1, 2, 3 })]
    [InlineData(Metric.LogLoss, new[] { 2, 1, 3, 4 })]
    [InlineData(Metric.Top5Accuracy, new[] { 1, 3, 2, 4 })]
    [InlineData(Metric.BalancedAccuracy, new[] { 3, 2, 1, 4 })]
    [InlineData(Metric.MacroF1, new[] { 2, 1, 3, 4 })]
    public void Leaderboard_ByAMetric_StandsInItsDirection(Metric metric, int[] expected)
    {
        var ranking = new Ranking(SelectionSet.Validation, metric);
        Standings standings = Trials.Aggregate(Standings.Empty(ranking), (all, trial) => all.With(null, trial));

        Assert.Equal(expected, Leaderboard.Of(Trials, ranking).Select(row => row.Trials[0]));
        Assert.Equal(expected, standings.Top(4).Select(row => row.Trials[0]));
        Assert.Equal(expected, Trials.OrderByDescending(trial => trial.Score!.Merit(ranking)).Select(trial => trial.Number));
        Assert.All(Trials, trial => Assert.InRange(trial.Score!.Merit(ranking), 0, 1));
    }

    [Fact]
    public void Leaderboard_Replicates_RankByTheirMeanAndSayItOnlyWhereAllHaveIt()
    {
        TrialRecord[] trials =
        [
            Trial(1, 32, 0.9, new TrialMetrics(0.2, null, 0.5, 0.5)), Trial(2, 32, 0.9, new TrialMetrics(0.6, null, 0.7, 0.9)),
            Trial(3, 64, 0.8, new TrialMetrics(0.3, null, 0.9, 0.9)), Trial(4, 64, 0.8, null),
        ];

        LeaderboardRow[] rows = [.. Leaderboard.Of(trials, new Ranking(SelectionSet.Validation, Metric.LogLoss))];

        Assert.Equal([32, 64], rows.Select(row => row.Configuration.BatchSize));
        Assert.Equal((0.4, 0.6, 0.7), (Math.Round(rows[0].ValidationMetrics!.LogLoss!.Value, 9), Math.Round(rows[0].ValidationMetrics!.BalancedAccuracy!.Value, 9), Math.Round(rows[0].ValidationMetrics!.MacroF1!.Value, 9)));
        Assert.Null(rows[1].ValidationMetrics);
    }

    [Fact]
    public void Value_OnTheTestImages_IsTheirs()
    {
        var score = new TrialScore(0.1, 0.2, 0.9, 0.3, 0.8, "0", new TrialMetrics(0.2, null, 0.88, 0.87), new TrialMetrics(0.3, null, 0.78, 0.77));

        Assert.Equal(0.87, score.Value(new Ranking(SelectionSet.Validation, Metric.MacroF1)));
        Assert.Equal(0.77, score.Value(new Ranking(SelectionSet.Test, Metric.MacroF1)));
        Assert.Equal(0.77, (score with { ValidationAccuracy = null, ValidationMetrics = null }).Value(new Ranking(SelectionSet.Validation, Metric.MacroF1)));
    }

    private static TrialRecord Trial(int number, int batch, double accuracy, TrialMetrics? metrics) => new(
        number, 1, new Configuration(0.1, batch, 0, 0), number, 5, JobStatus.Done, 1,
        new JobOutcome.Trained(new TrialScore(0.1, metrics?.LogLoss ?? 0.1, accuracy, 0.2, accuracy, "0", metrics, metrics)), null);
}
