using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis;
using Sweeper.Grains.Analysis.Claims;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis;

public sealed class ClaimTests
{
    private static readonly double[] Baseline = [0.900, 0.902, 0.898, 0.900];
    private static readonly (int, double)[] Curve = [(1000, 0.2), (2000, 0.1), (4000, 0.05)];

    [Fact]
    public void Claim_ClearlyFaster_MayBeCalledSuperConvergence()
    {
        Claim claim = Of([
            .. TrialTables.Replicates(ScheduleKind.Step, 8000, Baseline, Curve),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 1000, [0.880, 0.881, 0.879, 0.880]),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 4000, [0.920, 0.921, 0.919, 0.920])]);

        Assert.Equal(ClaimVerdict.SuperConvergence, claim.Verdict);
        Assert.Equal(8000, claim.BaselineSteps);
        Assert.Equal(2000, claim.OneCycleSteps!.Value, 1.0); // half-way in accuracy is half-way in log steps
        Assert.Equal(4, claim.SpeedUp!.Ratio, 0.01);
        Assert.True(claim.SpeedUp.Lower > 1);
        Assert.StartsWith("Super-convergence", claim.Sentence, StringComparison.Ordinal);
        Assert.Equal(4000, claim.EqualSteps);
        Assert.Equal(0.92, claim.OneCycle!.Mean, 1e-9);
        Assert.Equal(0.85, claim.BaselineAtEqualSteps!.Mean, 1e-9);
    }

    [Fact]
    public void Claim_IntervalIncludesOne_IsRefusedTheWord()
    {
        Claim claim = Of([
            .. TrialTables.Replicates(ScheduleKind.Constant, 4000, [0.89, 0.91, 0.90], (2000, 0.05)),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 2000, [0.88, 0.92, 0.89]),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 4000, [0.88, 0.93, 0.905])]);

        Assert.Equal(ClaimVerdict.FasterNotSignificant, claim.Verdict);
        Assert.True(claim.SpeedUp!.Lower <= 1);
        NoWord(claim);
    }

    [Fact]
    public void Claim_SingleSeeds_IsRefusedTheWord()
    {
        Claim claim = Of([
            .. TrialTables.Replicates(ScheduleKind.Constant, 4000, [0.90]),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 1000, [0.95])]);

        Assert.Equal(ClaimVerdict.FasterNotSignificant, claim.Verdict);
        Assert.Null(claim.SpeedUp!.Lower);
        Assert.Contains("3 seeds", claim.Sentence, StringComparison.Ordinal);
        NoWord(claim);
    }

    [Fact]
    public void Claim_NeverAsAccurate_IsNotHere()
    {
        Claim claim = Of([
            .. TrialTables.Replicates(ScheduleKind.Constant, 4000, Baseline),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 4000, [0.85, 0.86, 0.85])]);

        Assert.Equal(ClaimVerdict.NotHere, claim.Verdict);
        Assert.Null(claim.OneCycleSteps);
        NoWord(claim);
    }

    [Fact]
    public void Claim_AccuracyAtMidCycle_DoesNotCount()
    {
        Claim claim = Of([
            .. TrialTables.Replicates(ScheduleKind.Constant, 4000, Baseline),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 4000, [0.85, 0.86, 0.85], (500, -0.1))]);

        Assert.Equal(ClaimVerdict.NotHere, claim.Verdict);
    }

    [Fact]
    public void Claim_OtherBatchSize_IsNotMeasured()
    {
        Claim claim = Of([
            .. TrialTables.Replicates(ScheduleKind.Constant, 4000, Baseline),
            .. TrialTables.Replicates(ScheduleKind.OneCycle, 1000, [0.95, 0.95, 0.95]).Select(trial => trial with { BatchSize = 512 })]);

        Assert.Equal(ClaimVerdict.NotMeasured, claim.Verdict);
        NoWord(claim);
    }

    [Fact]
    public void Claim_ConfigurationThatDivergedWithASeed_DoesNotCount()
    {
        AnalysedTrial[] lucky = [.. TrialTables.Replicates(ScheduleKind.OneCycle, 1000, [0.95, 0.95, 0.95, 0.95])];
        lucky[3] = lucky[3] with { Diverged = true, ValidationAccuracy = null };

        Assert.Equal(ClaimVerdict.NotMeasured, Of([.. TrialTables.Replicates(ScheduleKind.Constant, 4000, Baseline), .. lucky]).Verdict);
    }

    [Fact]
    public void Claim_EquallyFastSchedules_IsCalledSuperConvergenceRarely()
    {
        var random = new SplitMix(11);
        int called = 0;
        for (int sweep = 0; sweep < 200; sweep++)
        {
            // Both rise by a point for each doubling of steps, with three seeds of half a point.
            List<AnalysedTrial> trials = [];
            foreach (int steps in new[] { 1000, 2000, 4000 })
            {
                trials.AddRange(TrialTables.Replicates(ScheduleKind.OneCycle, steps, Draw(ref random, steps)));
            }

            trials.AddRange(TrialTables.Replicates(ScheduleKind.Constant, 2000, Draw(ref random, 2000)));
            Outcome[] finished = [.. trials.Select(trial => new Outcome(trial, trial.ValidationAccuracy!.Value))];
            called += ClaimAnalysis.Of(finished, [], ScheduleKind.Constant, (ulong)sweep).Verdict == ClaimVerdict.SuperConvergence ? 1 : 0;
        }

        Assert.True(called <= 10, $"{called} of 200");
    }

    private static double[] Draw(ref SplitMix random, int steps)
    {
        double[] draws = new double[3];
        for (int seed = 0; seed < draws.Length; seed++)
        {
            draws[seed] = 0.8 + (0.01 * Math.Log2(steps / 1000.0)) + (0.005 * TrialTables.NextNormal(ref random));
        }

        return draws;
    }

    private static void NoWord(Claim claim) => Assert.DoesNotContain("convergence", claim.Sentence, StringComparison.OrdinalIgnoreCase);

    private static Claim Of(AnalysedTrial[] trials) => Assert.Single(SweepAnalyst.Analyse(trials, SelectionSet.Validation, seed: 1).Claims);
}
