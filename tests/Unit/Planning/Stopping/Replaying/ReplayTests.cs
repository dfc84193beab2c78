using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Planning.Stopping.Replaying;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping.Replaying;

public sealed class ReplayTests
{
    [Fact]
    public void Run_NobodyStops_CostsEveryTrainingAndFindsTheBest()
    {
        RecordedTrial[] trials = [Trial(1, 0.5, 0.6), Trial(2, 0.4, 0.9), Trial(3, 0.1, 0.7)];

        ReplayResult result = Replay.Run(trials, new EachOncePolicy(1, 3), workers: 2, seed: 1);

        Assert.Equal(0.9, result.Found);
        Assert.Equal(3, result.Cost, 12);
        Assert.Equal([1, 2, 3], result.Completed.Order());
        Assert.InRange(result.Time, 1.5, 2.5);
    }

    [Fact]
    public void Run_OneDiverges_CostsWhatItRan()
    {
        var diverged = new RecordedTrial(2, [new(1, [], 0.5), new(3, [new(1.0 / 3, 0.2)], 0.5)]);

        ReplayResult result = Replay.Run([Trial(1, 0.5, 0.6), diverged], new EachOncePolicy(1, 2), workers: 1, seed: 1);

        Assert.Equal(1.5, result.Cost, 12);
        Assert.Equal([1], result.Completed);
    }

    [Fact]
    public void Run_OneIsStopped_CostsUpToTheReadingAndIsNotCompleted()
    {
        ReplayResult result = Replay.Run([Trial(1, 0.5, 0.6), Trial(2, 0.4, 0.9)], new StopsBelow(0.45), workers: 1, seed: 1);

        Assert.Equal(0.6, result.Found);
        Assert.Equal(1 + (1.0 / 3), result.Cost, 12);
    }

    [Fact]
    public void Run_CycleHyperband_CountsShortCyclesByTheirLength()
    {
        RecordedTrial[] trials = [.. Enumerable.Range(1, 6).Select(number => Trial(number, number / 10.0, number / 10.0))];
        var policy = new CycleHyperbandPolicy(new() { LongestEpochs = 3, ShortestFraction = 1.0 / 3, WholeShare = 0 }, 6);

        ReplayResult result = Replay.Run(trials, policy, workers: 1, seed: 1);

        Assert.Contains(6, result.Completed);
        Assert.Equal(2 + result.Completed.Count, result.Cost, 9);
    }

    [Fact]
    public void Run_OneSeed_GivesOneResult()
    {
        RecordedTrial[] trials = [.. Enumerable.Range(1, 20).Select(number => Trial(number, number % 7 / 10.0, number / 100.0))];
        ReplayResult Once() => Replay.Run(trials, new AshaPolicy(1, 20, new Asha()), workers: 3, seed: 9);

        Assert.Equal(Once().Completed.Order(), Once().Completed.Order());
        Assert.Equal(Once().Time, Once().Time);
    }

    // Two lengths; the long one has a reading at a third, with the accuracy "early", and two more.
    private static RecordedTrial Trial(int number, double early, double final) => new(
        number,
        [new(1, [new(1, final)], null), new(3, [new(1.0 / 3, early), new(2.0 / 3, early), new(1, final)], null)]);

    private sealed class StopsBelow(double bound) : EachOncePolicy(top: 1, configurations: 2)
    {
        public override bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings) => readings[^1].Accuracy >= bound;
    }
}
