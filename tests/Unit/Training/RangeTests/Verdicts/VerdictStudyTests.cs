using Sweeper.Training.RangeTests;
using Xunit;

namespace Sweeper.Tests.Unit.Training.RangeTests.Verdicts;

/// <summary>What docs/super-convergence.md and the evidence of every verdict claim of the rule's error.</summary>
public sealed class VerdictStudyTests
{
    [Fact]
    public void Measured_EveryNumberOfImages_IsWhatTheStudyFinds() => Assert.All(VerdictError.Measured, claimed =>
    {
        VerdictTally found = new VerdictTrials { Images = claimed.Images }.Run();

        Assert.Equal((VerdictError.Curves, claimed.Misjudged, claimed.Undecided), (found.Flat.Total + found.Collapsed.Total, found.Misjudged, found.Open));
    });

    [Fact]
    public void Bounds_InUse_MisjudgeNothingEvenAtTwiceTheNoise() => Assert.All([1, 2, 3, 4], seed =>
    {
        VerdictTally found = new VerdictTrials { Noise = 2, Seed = (ulong)seed }.Run();

        Assert.Equal(0, found.Misjudged);
        Assert.InRange(found.Open, 1, 100);
    });

    [Fact]
    public void Bounds_HigherOrLower_LeaveMoreOpenOrMisjudge()
    {
        int Open(double flat, double collapsed) => new VerdictTrials { Images = 100, Bounds = new(flat, collapsed) }.Run().Open;

        Assert.True(Open(0.85, 0.6) > 5 * Open(0.8, 0.6));
        Assert.True(Open(0.8, 0.35) > Open(0.8, 0.6));
        Assert.True(new VerdictTrials { Images = 100, Bounds = new(0.85, 0.8) }.Run().Misjudged > 0);
    }

    [Fact]
    public void Run_WithoutNoise_JudgesThePublishedCurvesRight()
    {
        VerdictTally found = new VerdictTrials { Images = 1_000_000, Noise = 0 }.Run();

        Assert.Equal((found.Flat.Total, found.Collapsed.Total), (found.Flat.Possible, found.Collapsed.NotPossible));
    }

    [Theory]
    [InlineData(0.5, SuperConvergenceVerdict.NotPossible)]
    [InlineData(0.7, SuperConvergenceVerdict.Inconclusive)]
    [InlineData(0.9, SuperConvergenceVerdict.Possible)]
    public void Verdict_ATenthFromTheBounds_IsRightNineTimesInTen(double flatness, SuperConvergenceVerdict verdict)
    {
        VerdictCounts counts = new VerdictTrials().RunAt(flatness);

        Assert.True(default(VerdictCounts).With(verdict) switch
        {
            { Possible: 1 } => counts.Possible,
            { NotPossible: 1 } => counts.NotPossible,
            _ => counts.Open,
        } >= 0.9 * counts.Total);
    }

    [Fact]
    public void Evidence_OfAVerdict_StatesTheErrorForItsNumberOfImages()
    {
        RangeTestCurve curve = RangeTestCurves.OfAccuracy(3, 60, _ => 0.7);
        string Evidence(int? images) => SmithRule.Read(curve with { ImagesPerReading = images }, 10, 0.1).Evidence;

        Assert.Contains("of 1,000 curves drawn from the published bands, 1,000 images a reading, this rule misjudges 0 and leaves 0 open", Evidence(null), StringComparison.Ordinal);
        Assert.Contains("1,000 images a reading", Evidence(10_000), StringComparison.Ordinal);
        Assert.Contains("500 images a reading", Evidence(999), StringComparison.Ordinal);
        Assert.Contains("100 images a reading, this rule misjudges 0 and leaves 6 open", Evidence(60), StringComparison.Ordinal);
    }
}
