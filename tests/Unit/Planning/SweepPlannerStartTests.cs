using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Submitting, and giving jobs to slots.</summary>
public sealed class SweepPlannerStartTests
{
    [Fact]
    public void Submitted_FixedRates_EveryTrialIsReady()
    {
        var sweep = new SweepScript(TestSpecs.Rates(0.1, 0.2, 0.3));

        Assert.Equal(SweepStatus.Running, sweep.State.Status);
        Assert.Equal(1, sweep.State.Sequence);
        Assert.Equal(Tally.Zero with { Total = 3, Ready = 3 }, sweep.State.Counts);
        Assert.Equal(Tally.Zero, sweep.State.RangeTests);
        Assert.Equal(JobStatus.Done, sweep.Cell(1).Status);
        Assert.Equal(3, sweep.State.SlotsWanted);
        Assert.Equal([1, 2, 3], sweep.State.ChangedTrials.Order());
        Assert.Equal([1], sweep.State.ChangedCells);
        Assert.Empty(sweep.Commands);
        Assert.Equal(new Configuration(0.2, 32, 0, 0), sweep.Trial(2).Configuration);
    }

    [Fact]
    public void Submitted_RatesFromRangeTests_TrialsWaitForTheirCells()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 3));

        Assert.Equal(Tally.Zero with { Total = 6, Waiting = 6 }, sweep.State.Counts);
        Assert.Equal(Tally.Zero with { Total = 2, Ready = 2 }, sweep.State.RangeTests);
        Assert.Equal(2, sweep.State.SlotsWanted);
        Assert.All(sweep.State.Trials, trial => Assert.Equal(0, trial.Record.Configuration.MaxLearningRate));
    }

    [Fact]
    public void Submitted_Twice_SaysNothingNew()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));

        sweep.Submit();

        Assert.False(sweep.Changed);
    }

    [Fact]
    public void Submitted_RangeTestsOnly_EndsWithItsRangeTests()
    {
        var sweep = new SweepScript(TestSpecs.Rates(0.1, 0.2) with { Purpose = SweepPurpose.RangeTestsOnly });
        Assert.Equal((0, 1), (sweep.State.Counts.Total, sweep.State.RangeTests.Total));

        sweep.Run(Outcomes.Tested(0.8), epochs: 1);

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
    }

    [Fact]
    public void SlotGranted_FixedRates_StartsTrialsInOrder()
    {
        var sweep = new SweepScript(TestSpecs.Rates(0.3, 0.1));

        JobTicket first = sweep.Start();
        JobTicket second = sweep.Start();

        Assert.Equal((SweepScript.TrialKey(1), 1, 0.3, 7), (first.Key, first.Attempt, first.Configuration.MaxLearningRate, first.Seed));
        Assert.Equal((SweepScript.TrialKey(2), 0.1), (second.Key, second.Configuration.MaxLearningRate));
        Assert.Equal(JobStatus.Running, sweep.Trial(1).Status);
        Assert.Equal([2], sweep.State.ChangedTrials);
        Assert.Equal(0, sweep.State.SlotsWanted);
    }

    [Fact]
    public void SlotGranted_RangeTestsAndTrialsReady_StartsRangeTestsFirst()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 1));
        sweep.Run(Outcomes.Tested(1), epochs: 1);
        Assert.Equal((1, 1), (sweep.State.ReadyCells.Count, sweep.State.ReadyTrials.Count));

        Assert.Equal(SweepScript.TestKey(2), sweep.Start().Key);
        Assert.Equal(SweepScript.TrialKey(1), sweep.Start().Key);
    }

    [Fact]
    public void SlotGranted_NothingToRun_GivesItBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        sweep.Start();

        sweep.StartNothing();

        Assert.False(sweep.Changed);
    }

    [Fact]
    public void SlotGranted_AtMaxParallel_GivesItBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(5).WithLimits(limits => limits with { MaxParallel = 2 }));
        Assert.Equal(2, sweep.State.SlotsWanted);
        sweep.Start();
        sweep.Start();
        Assert.Equal(0, sweep.State.SlotsWanted);

        sweep.StartNothing();
    }

    [Fact]
    public void SlotGranted_SameLeaseTwice_StartsOneJob()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket ticket = sweep.Start();

        sweep.Grant(new SlotLease(ticket.LeaseId, SweepScript.Worker));

        Assert.False(sweep.Changed);
        Assert.Empty(sweep.Commands);
        Assert.Single(sweep.State.Running);
    }

    [Fact]
    public void Activated_Sweep_DoesNotCountTheTimeInBetween()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket ticket = sweep.Start();
        Assert.Equal(TimeSpan.FromMinutes(1), sweep.State.Active);

        sweep.Pace = TimeSpan.FromHours(8);
        sweep.Take(at => new SweepEvent.Activated(at));
        sweep.Pace = TimeSpan.FromMinutes(1);
        sweep.End(ticket, Outcomes.Trained());

        Assert.Equal(TimeSpan.FromMinutes(2), sweep.State.Active);
    }

    [Fact]
    public void AnyEvent_ClockSetBack_CountsNoTimeTwice()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        sweep.Start();
        sweep.Pace = TimeSpan.FromMinutes(-30);
        sweep.Start();
        sweep.Pace = TimeSpan.FromMinutes(30);
        sweep.Start();

        Assert.Equal(TimeSpan.FromMinutes(1), sweep.State.Active);
    }
}
