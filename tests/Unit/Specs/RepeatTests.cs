using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Sweeper.Tests.Unit.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>A trial of another sweep that is run once more for its weights.</summary>
public sealed class RepeatTests
{
    private static readonly Configuration At = new(0.3, 64, 1e-3, 0.2);
    private static readonly TrialRepeat Repeat = new(At, 3, 12345, new TrialPlan(TrialRole.Candidate, 1.5, TestSpecs.Rates(0.1).Training.Schedule with { MomentumHigh = 0.8, MomentumLow = 0.7 }, "because"));
    private static readonly SweepSpec Spec = TestSpecs.Rates(0.3) with { Purpose = SweepPurpose.Weights, Repeat = Repeat };

    [Fact]
    public void Validate_Repeat_GoesWithItsPurposeAndCanBeTrained()
    {
        Assert.Equal([], SpecValidator.Validate(Spec));
        Assert.Contains(SpecValidator.Validate(Spec with { Repeat = null }), problem => problem.Path == "repeat");
        Assert.Contains(SpecValidator.Validate(Spec with { Purpose = SweepPurpose.Search }), problem => problem.Path == "repeat");
        Assert.Contains(SpecValidator.Validate(Spec with { Repeat = Repeat with { Configuration = At with { MaxLearningRate = double.NaN } } }), problem => problem.Path == "repeat");
        Assert.Contains(SpecValidator.Validate(Spec with { Repeat = Repeat with { Configuration = At with { BatchSize = 0 } } }), problem => problem.Path == "repeat");
        TrialPlan heir = Repeat.Plan! with { Lineage = new Lineage(1, 2, 4, "identity", 3, false) };
        Assert.Contains(SpecValidator.Validate(Spec with { Repeat = Repeat with { Plan = heir } }), problem => problem.Path == "repeat");
    }

    [Fact]
    public void Json_Repeat_IsReadAgainAndWithoutOneTheTextIsAsBefore()
    {
        Assert.Equal(Spec, SpecJson.Read(SpecJson.Write(Spec)));
        Assert.DoesNotContain("repeat", SpecJson.Write(TestSpecs.Rates(0.3)), StringComparison.Ordinal);
        Assert.Contains(SpecDifference.Between(Spec, Spec with { Repeat = Repeat with { Seed = 1 } }), difference => difference.Path == "repeat");
    }

    [Fact]
    public void Plan_Repeat_IsThatTrialAndHasItsIdentity()
    {
        SweepState state = SweepPlanner.Decide(SweepPlanner.Start(Spec), new SweepEvent.Submitted(DateTimeOffset.UnixEpoch)).State;

        TrialRecord trial = Assert.Single(state.Trials).Record;
        Assert.Equal((At, 3, 12345, Repeat.Plan), (trial.Configuration, trial.Replicate, trial.Seed, trial.Plan));
        Assert.Equal(JobStatus.Ready, trial.Status);
        SweepSpec original = TestSpecs.RangeTested(cells: 2, pointsPerCell: 3);
        Assert.Equal(
            JobIdentity.OfTrial(original, At, 12345, Repeat.Plan),
            JobIdentity.OfTrial(original with { Name = "other", Purpose = SweepPurpose.Weights, Repeat = Repeat, Search = Spec.Search }, At, 12345, Repeat.Plan));
    }

    [Fact]
    public void WriteTrial_PlannedTrial_IsASpecThatHasItWithItsSeedScheduleAndLength()
    {
        SweepSpec sweep = TestSpecs.RangeTested(cells: 2, pointsPerCell: 3);
        int seed = SplitMix.TrialSeed(sweep.Seed, 3);
        var trial = new TrialRecord(9, 1, At, 3, seed, JobStatus.Done, 1, null, null, Repeat.Plan);

        SweepSpec again = Good.Read(SpecYaml.WriteTrial(sweep, trial));

        PlannedTrial last = SearchPlan.Of(again).Trials[^1];
        Configuration configuration = Configuration.At(SearchPlan.Of(again).Cells[last.Cell - 1], last.Rate);
        Assert.Equal((At, seed), (configuration, last.Seed));
        Assert.Equal(JobIdentity.OfTrial(sweep, At, seed, trial.Plan), JobIdentity.OfTrial(again, configuration, last.Seed, null));
    }
}
