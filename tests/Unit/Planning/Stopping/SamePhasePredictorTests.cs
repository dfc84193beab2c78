using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class SamePhasePredictorTests
{
    private const double Peak = 0.25;

    private static readonly SamePhaseSettings NoAudit = new() { AuditShare = 0 };

    // The error halves between 2/3 of the cycle and its end, give or take.
    private static readonly CycleCurve[] Completed = [.. Enumerable.Range(1, 24).Select(trial =>
    {
        double error = 0.2 + (0.01 * trial);
        return new CycleCurve(trial, [new(1.0 / 3, 0.5), new(2.0 / 3, 1 - error), new(1, 1 - (error * (0.5 + (0.01 * (trial % 5)))))]);
    })];

    [Fact]
    public void Decide_HopelessReading_StopsWithItsEvidence()
    {
        var stop = Assert.IsType<PhaseDecision.Stop>(Predictor(NoAudit).Decide(99, new CycleReading(2.0 / 3, 0.3), 0.89));

        Assert.InRange(stop.Evidence.UpperBound, 0.6, 0.7);
        Assert.Equal(24, stop.Evidence.Completed);
        Assert.StartsWith("30.00% at 67% of the cycle ends at 6", stop.Evidence.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.0 / 3, 0.78)] // could still win
    [InlineData(0.5, 0.1)] // before the fraction from which trials are judged
    [InlineData(1, 0.1)] // at its end
    public void Decide_OtherReadings_Continue(double fraction, double accuracy) =>
        Assert.IsType<PhaseDecision.Continue>(Predictor(NoAudit).Decide(99, new CycleReading(fraction, accuracy), 0.89));

    [Fact]
    public void Decide_NoIncumbent_Continues() =>
        Assert.IsType<PhaseDecision.Continue>(Predictor(NoAudit).Decide(99, new CycleReading(2.0 / 3, 0.1), null));

    [Fact]
    public void Decide_NineteenCompleted_Continues()
    {
        var predictor = new SamePhasePredictor(NoAudit, Peak, Completed[..19]);

        Assert.IsType<PhaseDecision.Continue>(predictor.Decide(99, new CycleReading(2.0 / 3, 0.1), 0.89));
    }

    [Fact]
    public void Decide_LatePeak_WaitsUntilAfterIt()
    {
        var predictor = new SamePhasePredictor(NoAudit, 0.6, Completed);

        Assert.IsType<PhaseDecision.Continue>(predictor.Decide(99, new CycleReading(2.0 / 3, 0.1), 0.89));
        Assert.IsType<PhaseDecision.Stop>(predictor.Decide(99, new CycleReading(0.8, 0.1), 0.89));
    }

    [Fact]
    public void Decide_Audited_RunsOnWithTheSameEvidence()
    {
        var reading = new CycleReading(2.0 / 3, 0.3);
        var stop = (PhaseDecision.Stop)Predictor(NoAudit).Decide(7, reading, 0.89);

        Assert.Equal(new PhaseDecision.AuditRun(stop.Evidence), Predictor(NoAudit with { AuditShare = 1 }).Decide(7, reading, 0.89));
    }

    [Fact]
    public void IsAudited_ManyTrials_DrawsATenthAndOtherOnesUnderAnotherSeed()
    {
        var settings = new SamePhaseSettings { Seed = 3 };
        bool[] one = [.. Enumerable.Range(1, 10_000).Select(trial => SamePhasePredictor.IsAudited(settings, trial))];
        bool[] other = [.. Enumerable.Range(1, 10_000).Select(trial => SamePhasePredictor.IsAudited(settings with { Seed = 4 }, trial))];

        Assert.InRange(one.Count(audited => audited), 900, 1_100);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void UpperBound_OrderOfCompletion_DoesNotMatter() =>
        Assert.Equal(
            Predictor(NoAudit).UpperBound(new CycleReading(2.0 / 3, 0.6)),
            new SamePhasePredictor(NoAudit, Peak, Completed.Reverse()).UpperBound(new CycleReading(2.0 / 3, 0.6)));

    [Fact]
    public void At_BetweenReadings_IsStraight()
    {
        var curve = new CycleCurve(1, [new(0.25, 0.2), new(0.75, 0.6), new(1, 0.9)]);

        Assert.Equal(0.4, curve.At(0.5)!.Value, 12);
        Assert.Equal(0.6, curve.At(0.75));
        Assert.Equal(0.6, curve.At(0.7505));
        Assert.Null(curve.At(0.1));
        Assert.Equal(0.9, curve.Final);
        Assert.Null(new CycleCurve(1, curve.Readings[..2]).At(0.9));
        Assert.Null(new CycleCurve(1, curve.Readings[..2]).Final);
    }

    private static SamePhasePredictor Predictor(SamePhaseSettings settings) => new(settings, Peak, Completed);
}
