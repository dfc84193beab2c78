using System.Collections.Immutable;
using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Sweeps;

/// <summary>Configurations that no other one beats.</summary>
public sealed class ParetoFrontTests
{
    [Fact]
    public void Of_KnownPoints_IsTheKnownFront()
    {
        ParetoPoint[] points = [Point(1, 0.9, 30), Point(2, 0.8, 10), Point(3, 0.7, 20), Point(4, 0.85, 10), Point(5, 0.9, 40), Point(6, 0.5, 5)];

        var front = ParetoFront.Of(points, Metric.Accuracy);

        Assert.Equal([6, 4, 1], front.Front.Select(point => point.Row.Rank));
        Assert.Equal([6], ParetoFront.Of(points, Metric.LogLoss).Front.Select(point => point.Row.Rank)); // the least loss is the cheapest
        Assert.Equal([2, 3], ParetoFront.Of(points.Take(3), Metric.LogLoss).Front.Select(point => point.Row.Rank));
    }

    [Fact]
    public void Of_AnyPoints_HoldsExactlyThoseThatNoneDominates() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 6], Gen.Bool).Array[1, 20].Sample(all =>
        {
            Metric metric = all[0].Item3 ? Metric.LogLoss : Metric.MacroF1;
            ParetoPoint[] points = [.. all.Select((one, i) => Point(i + 1, one.Item1 / 6.0, one.Item2))];
            bool Dominates(ParetoPoint a, ParetoPoint b) =>
                NotWorse(a, b) && a.Cost <= b.Cost && (!a.Value.Equals(b.Value) || !a.Cost.Equals(b.Cost));
            bool NotWorse(ParetoPoint a, ParetoPoint b) => metric == Metric.LogLoss ? a.Value <= b.Value : a.Value >= b.Value;

            var front = ParetoFront.Of(points, metric);

            Assert.Equal(points.Length, front.All.Length);
            Assert.Equal(
                points.Where(point => !points.Any(other => Dominates(other, point))).Select(point => point.Row.Rank).Order(),
                front.Front.Select(point => point.Row.Rank).Order());
            Assert.Equal(front.Front.Select(point => point.Cost).Order(), front.Front.Select(point => point.Cost));
        });

    [Fact]
    public void Of_Trials_TakesTheMeanCostAndLeavesOutWhatHasNone()
    {
        TrialRecord[] trials = [Trial(1, 32, 0.9, 10, 500), Trial(2, 32, 0.9, 20, 500), Trial(3, 64, 0.8, 5, 0)];
        ImmutableArray<LeaderboardRow> rows = Leaderboard.Of(trials, SelectionSet.Validation);

        Assert.Equal([(64, 5), (32, 15)], ParetoFront.Of(rows, trials, SelectionSet.Validation, ParetoCost.Seconds).Front.Select(point => (point.Row.Configuration.BatchSize, point.Cost)));
        Assert.Equal([(32, 500)], ParetoFront.Of(rows, trials, SelectionSet.Validation, ParetoCost.Parameters).All.Select(point => (point.Row.Configuration.BatchSize, point.Cost)));
    }

    [Fact]
    public void Of_Memory_TakesTheMeanAndLeavesOutWhatWasNotMeasured()
    {
        TrialRecord[] trials = [With(Trial(1, 32, 0.8, 9, 1), 3 << 20), With(Trial(2, 32, 0.8, 9, 1), 1 << 20), With(Trial(3, 64, 0.9, 9, 1), 8 << 20), Trial(4, 128, 0.95, 9, 1), With(Trial(5, 128, 0.95, 9, 1), 1)];

        var front = ParetoFront.Of(Leaderboard.Of(trials, SelectionSet.Validation), trials, SelectionSet.Validation, ParetoCost.Memory);

        Assert.Equal([(32, 2 << 20), (64, 8 << 20)], front.Front.Select(point => (point.Row.Configuration.BatchSize, (int)point.Cost)));
        Assert.Equal(front.Front, front.All);

        static TrialRecord With(TrialRecord trial, long bytes) => trial with { Run = trial.Run! with { MemoryBytes = bytes } };
    }

    private static ParetoPoint Point(int rank, double value, double cost) =>
        new(new LeaderboardRow(rank, new Configuration(0.1, rank, 0, 0), 1, value, null, value, null, cost, [rank]), value, cost);

    private static TrialRecord Trial(int number, int batch, double accuracy, double seconds, long parameters) => new(
        number, 1, new Configuration(0.1, batch, 0, 0), number, 5, JobStatus.Done, 1,
        new JobOutcome.Trained(new TrialScore(0.1, 0.1, accuracy, 0.2, accuracy, "0")),
        new RunInfo("n/cpu", "CPU", "1", 5, "ab", parameters, DateTimeOffset.UnixEpoch, seconds, 10, 1, 100, 0));
}
