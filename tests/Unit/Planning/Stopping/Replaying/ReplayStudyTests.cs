using Sweeper.Grains.Planning.Stopping.Replaying;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping.Replaying;

/// <summary>
/// What docs/early-stopping.md claims of the recordings, and what it does not: each test says on which recording. The numbers
/// are those of 200 replays with a fixed seed; the bounds leave room, since the replays share one recording.
/// </summary>
public sealed class ReplayStudyTests
{
    private static readonly ReplayStudy Study = new() { Replays = 200 };
    private static readonly Lazy<StudyResult> Plain = new(() => Study.Run(Recording.Read("fashion-mlp")));
    private static readonly Lazy<StudyResult> Small = new(() => Study.Run(Recording.Read("fashion-mlp-small")));

    [Fact]
    public void KeepBest_EnoughData_KeepsTheWinnerWhereAshaAndFewerTrainingsLoseIt()
    {
        Assert.True(Plain.Value[ReplayStudy.Best].Kept >= 190);
        Assert.True(Plain.Value["ASHA, mid-cycle"].Kept <= 165);
        Assert.True(Plain.Value[ReplayStudy.FewerThanBest].Kept <= 165);
    }

    /// <summary>Where short cycles rank the good configurations by luck, it is better than ASHA and no better than the median.</summary>
    [Fact]
    public void KeepBest_TooFewImages_BeatsAshaOnly()
    {
        int kept = Small.Value[ReplayStudy.Best].Kept;
        Assert.True(kept >= Small.Value["ASHA, mid-cycle"].Kept + 30);
        Assert.InRange(kept, Small.Value["median, mid-cycle"].Kept - 40, Small.Value["median, mid-cycle"].Kept + 40);
    }

    /// <summary>What makes it the default: on both it keeps the winner at least as often as every other rule that saves anything.</summary>
    [Fact]
    public void KeepHopeful_EitherRecording_KeepsTheWinnerAsOftenAsMedianAndAshaAndFewerTrainings() => Assert.All([Plain.Value, Small.Value], result =>
    {
        StudyRow hopeful = result[ReplayStudy.Hopeful];
        Assert.True(hopeful.Kept >= 180);
        Assert.True(hopeful.Near >= 196);
        Assert.True(hopeful.Kept >= result["median, mid-cycle"].Kept);
        Assert.True(hopeful.Kept >= result["ASHA, mid-cycle"].Kept);
        Assert.True(hopeful.Kept >= result[ReplayStudy.FewerThanHopeful].Kept - 6);
        Assert.True(hopeful.Cost < result["none"].Cost * 1.02);
    });

    [Fact]
    public void KeepHopeful_EnoughData_SavesAndKeepsWhatFewerTrainingsLose()
    {
        Assert.InRange(Plain.Value[ReplayStudy.Hopeful].Cost / Plain.Value["none"].Cost, 0.7, 0.92);
        Assert.True(Plain.Value[ReplayStudy.Hopeful].Kept >= Plain.Value[ReplayStudy.FewerThanHopeful].Kept + 15);
    }

    /// <summary>Good by the best third is thriftier, and loses winners where short cycles say little: half it is.</summary>
    [Fact]
    public void KeepHopeful_GoodIsTheBestThird_LosesMoreWinners() => Assert.True(
        Small.Value["keep hopeful, good: the best third"].Kept <= Small.Value[ReplayStudy.Hopeful].Kept - 10);

    /// <summary>Where short cycles say nothing, it costs what training all does and the twelve short cycles, and loses next to nothing.</summary>
    [Theory]
    [InlineData(ShortCycles.Noise, 36)]
    [InlineData(ShortCycles.Noise, 60)]
    [InlineData(ShortCycles.Opposite, 60)]
    public void KeepHopeful_ShortCyclesSayNothing_CostsTheComparisonAndKeepsTheWinner(ShortCycles kind, int configurations)
    {
        StudyResult result = (Study with { Configurations = configurations }).RunHopeful(DrawnRecording.Of(kind, 400, seed: 1));

        Assert.True(result[ReplayStudy.Hopeful].Cost <= configurations + (12.0 / 9) + 1e-9);
        Assert.True(result[ReplayStudy.Hopeful].Kept >= 190);
    }

    [Fact]
    public void KeepHopeful_ShortCyclesRankPerfectly_NeverLosesTheWinnerAndSavesAThird()
    {
        StudyResult result = Study.RunHopeful(DrawnRecording.Of(ShortCycles.Perfect, 400, seed: 1));

        Assert.Equal(200, result[ReplayStudy.Hopeful].Kept);
        Assert.True(result[ReplayStudy.Hopeful].Cost < 0.67 * result["none"].Cost);
    }

    [Fact]
    public void SamePhase_TooFewImages_KeepsTheWinnerWhereMedianAndAshaLoseIt()
    {
        Assert.True(Small.Value["same phase"].Kept >= 170);
        Assert.True(Small.Value["median, mid-cycle"].Kept <= 100);
        Assert.True(Small.Value["ASHA, mid-cycle"].Kept <= 40);
    }

    [Fact]
    public void SamePhase_EitherRecording_SavesLittleAndItsAuditsTellTheTruth() => Assert.All([Plain.Value, Small.Value], result =>
    {
        Assert.InRange(result["same phase"].Cost / result["none"].Cost, 0.8, 0.97);
        (double low, double high) = result.Audited.Interval();
        Assert.InRange(result.Stopped.Rate!.Value, low, high);
        Assert.True(high < 0.05);
    });

    [Fact]
    public void Run_OneSeed_GivesOneTable()
    {
        ReplayStudy few = Study with { Replays = 3 };

        Assert.Equal(few.Run(Recording.Read("fashion-mlp")).Rows.AsEnumerable(), few.Run(Recording.Read("fashion-mlp")).Rows);
    }
}
