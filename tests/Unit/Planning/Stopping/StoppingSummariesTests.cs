using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class StoppingSummariesTests
{
    private static readonly SweepSpec Spec = TestSpecs.Recipe(1, 1, 1).WithEpochs(9);

    [Fact]
    public void Of_LengthsWithinHalfAPoint_NamesTheShortest()
    {
        StoppingSummary summary = StoppingSummaries.Of(Spec, [Trial(1, 0, 0.8), Trial(2, 1, 0.846), Trial(3, 1, 0.84), Trial(4, 2, 0.85), Trial(5, 2, null)])!;

        Assert.Equal(3, summary.ShortestGoodEnough);
        Assert.Equal([(1, 0, (int?)1), (2, 0, 2), (1, 1, 4)], summary.Lengths.Select(length => (length.Finished, length.Failed, length.BestTrial)));
        Assert.Equal("none", summary.Rule);
    }

    [Fact]
    public void Of_OneLengthAndNoRule_HasNothingToSay() => Assert.Null(StoppingSummaries.Of(Spec, [Trial(1, 0, 0.8)]));

    [Fact]
    public void Of_Audits_CountsThoseThatBeatTheBestOfTheMoment()
    {
        SweepSpec spec = TestSpecs.Trials(3).WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.SamePhase) });
        ImmutableArray<TrialRecord> trials = [Audited(1, 0.95), Audited(2, 0.9), Audited(3, 0.3)];

        StopAudits audits = StoppingSummaries.Of(spec, trials)!.Audit!;

        Assert.Equal((3, 1), (audits.Audited, audits.Wrong));
        Assert.Equal(new StopAudits(0, 0, 0, 1), StoppingSummaries.Of(spec, [])!.Audit);
    }

    private static TrialRecord Trial(int number, int rung, double? accuracy) => new(
        number,
        1,
        new Configuration(0.1 * number, 32, 0, 0),
        1,
        7,
        JobStatus.Done,
        1,
        accuracy is { } reached ? Outcomes.Trained(reached, reached) : Outcomes.Diverged(),
        null,
        new TrialPlan(TrialRole.Candidate, Math.Pow(3, rung), Spec.Training.Schedule, "why", rung));

    private static TrialRecord Audited(int number, double accuracy) =>
        Trial(number, 0, null) with { Outcome = Outcomes.Trained(accuracy, accuracy) with { Audit = Outcomes.Against() }, Plan = null };
}
