using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Results that are taken over from earlier jobs.</summary>
public sealed class SweepPlannerReuseTests
{
    private static readonly JobKey Source = new("other", JobKind.Trial, 7);

    [Fact]
    public void Reused_NextTrial_IsDoneWithoutAnAttemptOrACost()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2).WithLimits(limits => limits with { Epochs = 2 }));

        Reuse(sweep, 1, SweepScript.TrialKey(1), Outcomes.Trained());

        Assert.Equal(new SweepCommand.Release(1), Assert.Single(sweep.Commands));
        Assert.Equal((JobStatus.Done, 0, Source), (sweep.Trial(1).Status, sweep.Trial(1).Attempts, sweep.Trial(1).Run!.ReusedFrom!.Value));
        Assert.Equal(0, sweep.State.EpochsCommitted);
        Assert.Equal(SweepScript.TrialKey(2), sweep.Start().Key);
    }

    [Fact]
    public void Peek_LimitOfEpochsUsedUp_StillShowsTheNextJob()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2).WithLimits(limits => limits with { Epochs = 3 }));
        sweep.Run(Outcomes.Trained());

        Assert.Equal(SweepScript.TrialKey(2), SweepPlanner.Peek(sweep.State, new SlotLease(9, SweepScript.Worker))!.Key);
        Reuse(sweep, 9, SweepScript.TrialKey(2), Outcomes.Trained());

        Assert.Equal((SweepStatus.Completed, 2), (sweep.State.Status, sweep.State.Counts.Completed));
    }

    [Fact]
    public void Reused_RangeTest_GivesItsTrialsTheirRates()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 1, pointsPerCell: 2));

        Reuse(sweep, 1, SweepScript.TestKey(1), Outcomes.Tested(1.0));

        Assert.Equal((JobStatus.Done, 0), (sweep.Cell(1).Status, sweep.Cell(1).Attempts));
        Assert.All([sweep.Trial(1), sweep.Trial(2)], trial => Assert.Equal(JobStatus.Ready, trial.Status));
    }

    [Fact]
    public void Reused_PointThatASamplerChoosesWithIt_IsThatPoint()
    {
        var sweep = new SweepScript(TestSpecs.Sampled(SearchStrategy.Tpe, trials: 3, rangeTested: false));
        JobTicket next = SweepPlanner.Peek(sweep.State, new SlotLease(1, SweepScript.Worker))!;

        Reuse(sweep, 1, next.Key, Outcomes.Trained());

        Assert.Equal(next.Configuration, sweep.Trial(1).Configuration);
        Assert.Equal(JobStatus.Done, sweep.Trial(1).Status);
    }

    [Fact]
    public void Reused_AnotherJobIsNext_ChangesNothingAndGivesTheSlotBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        sweep.Start();

        foreach (int number in new[] { 1, 3, 99 })
        {
            Reuse(sweep, 40 + number, SweepScript.TrialKey(number), Outcomes.Trained());
            Assert.False(sweep.Changed);
            Assert.Equal(new SweepCommand.Release(40 + number), Assert.Single(sweep.Commands));
        }
    }

    [Fact]
    public void Reused_PausedSweep_ChangesNothing()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        sweep.Pause();

        Reuse(sweep, 1, SweepScript.TrialKey(1), Outcomes.Trained());

        Assert.False(sweep.Changed);
    }

    private static void Reuse(SweepScript sweep, long lease, JobKey key, JobOutcome outcome) => sweep.Take(at => new SweepEvent.Reused(
        new SlotLease(lease, SweepScript.Worker), key, outcome, Outcomes.Run(1, at, 2) with { ReusedFrom = Source }, at));
}
