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
    public void CycleHyperband_EnoughData_KeepsTheWinnerWhereAshaAndFewerTrainingsLoseIt()
    {
        Assert.True(Plain.Value["Cycle-Hyperband"].Kept >= 190);
        Assert.True(Plain.Value["ASHA, mid-cycle"].Kept <= 165);
        Assert.True(Plain.Value["fewer, at the cost of Cycle-Hyperband"].Kept <= 165);
    }

    /// <summary>Where short cycles rank the good configurations by luck, it is better than ASHA and no better than the median.</summary>
    [Fact]
    public void CycleHyperband_TooFewImages_BeatsAshaOnly()
    {
        int kept = Small.Value["Cycle-Hyperband"].Kept;
        Assert.True(kept >= Small.Value["ASHA, mid-cycle"].Kept + 30);
        Assert.InRange(kept, Small.Value["median, mid-cycle"].Kept - 40, Small.Value["median, mid-cycle"].Kept + 40);
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
