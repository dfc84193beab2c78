using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Limits end a sweep with what it has.</summary>
public sealed class SweepPlannerLimitTests
{
    [Fact]
    public void EpochLimit_Reached_SkipsTheRest()
    {
        var sweep = new SweepScript(TestSpecs.Trials(5).WithLimits(limits => limits with { Epochs = 5 }));
        JobTicket first = sweep.Start();
        JobTicket second = sweep.Start();

        sweep.StartNothing();
        Assert.Equal((SweepStatus.Running, 3), (sweep.State.Status, sweep.State.Counts.Skipped));
        Assert.Contains("limits.epochs", Assert.IsType<JobOutcome.Stopped>(sweep.Trial(5).Outcome).Reason, StringComparison.Ordinal);
        sweep.End(first, Outcomes.Trained());
        sweep.End(second, Outcomes.Trained());

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Contains("limits.epochs", sweep.State.StatusReason, StringComparison.Ordinal);
        Assert.Equal(Tally.Zero with { Total = 5, Completed = 2, Skipped = 3 }, sweep.State.Counts);
    }

    [Fact]
    public void EpochLimit_NothingAffordable_CompletesAtTheFirstSlot()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 1, pointsPerCell: 2).WithLimits(limits => limits with { Epochs = 0.5 }));

        sweep.StartNothing();

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Equal(Tally.Zero with { Total = 2, Skipped = 2 }, sweep.State.Counts);
        Assert.Equal(Tally.Zero with { Total = 1, Skipped = 1 }, sweep.State.RangeTests);
    }

    [Fact]
    public void EpochLimit_SumOfFractions_IsMetExactly()
    {
        SweepSpec spec = TestSpecs.Trials(10).WithLimits(limits => limits with { Epochs = 0.6 });
        var sweep = new SweepScript(spec with { Training = spec.Training with { Epochs = 0.1 } });
        while (sweep.State.SlotsWanted > 0 && sweep.State.Counts.Completed < 6)
        {
            sweep.Run(Outcomes.Trained(), epochs: 0.1);
        }

        Assert.Equal(6, sweep.State.Counts.Completed);
        sweep.StartNothing();
    }

    [Fact]
    public void EpochLimit_TrialsWithCooldowns_CountsTheirReadings()
    {
        SweepSpec spec = TestSpecs.Trials(3).WithLimits(limits => limits with { Epochs = 5 });
        var sweep = new SweepScript(spec with { Training = spec.Training with { Cooldown = new CooldownSpec([0.5, 0.75], 0.2) } });

        sweep.Start();
        Assert.Equal(2.8, sweep.State.EpochsCommitted, 1e-9); // 2 epochs, and twice a fifth of them
        sweep.StartNothing();

        Assert.Equal(2, sweep.State.Counts.Skipped);
    }

    [Fact]
    public void EpochLimit_EarlyDivergence_LeavesItsEpochsToOthers()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3).WithLimits(limits => limits with { Epochs = 4.1 }));

        sweep.Run(Outcomes.Diverged(), epochs: 0.1);
        sweep.RunRest();

        Assert.Equal(Tally.Zero with { Total = 3, Completed = 2, Diverged = 1 }, sweep.State.Counts);
    }

    [Fact]
    public void EpochLimit_LostAttempt_CostsNothing()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2).WithLimits(limits => limits with { Epochs = 4 }));
        sweep.Lose(sweep.Start());
        sweep.Lose(sweep.Start(), handedBack: true);

        sweep.RunRest();

        Assert.Equal(2, sweep.State.Counts.Completed);
    }

    [Fact]
    public void EpochLimit_ReachedWhileTrialRuns_ItsLossDoesNotLoseIt()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2).WithLimits(limits => limits with { Epochs = 2 }));
        JobTicket ticket = sweep.Start();
        sweep.StartNothing();

        sweep.Lose(ticket);
        sweep.RunRest();

        Assert.Equal(Tally.Zero with { Total = 2, Completed = 1, Skipped = 1 }, sweep.State.Counts);
    }

    [Fact]
    public void EpochLimit_RangeTestCountedInSteps_CostsWhatItReports()
    {
        SweepSpec spec = TestSpecs.RangeTested(cells: 1, pointsPerCell: 3).WithLimits(limits => limits with { Epochs = 5 });
        var sweep = new SweepScript(spec with { RangeTest = spec.RangeTest with { Steps = 100 } });

        sweep.Run(Outcomes.Tested(1), epochs: 0.9);
        sweep.Run(Outcomes.Trained());
        sweep.Run(Outcomes.Trained());
        sweep.StartNothing();

        Assert.Equal(4.9, sweep.State.EpochsCommitted, 1e-9);
    }

    [Fact]
    public void WallTime_Reached_StopsWhatRunsAndSkipsTheRest()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.Start();
        JobTicket second = sweep.Start();

        sweep.ReachWallTime();
        Assert.Equal(2, sweep.Commands.OfType<SweepCommand.Stop>().Count());
        Assert.Equal(0, sweep.State.SlotsWanted);
        sweep.End(first, Outcomes.Stopped(), epochs: 1);
        sweep.Lose(second);

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Equal(Tally.Zero with { Total = 3, Stopped = 2, Skipped = 1 }, sweep.State.Counts);
        Assert.Contains("limits.wall_time", Assert.IsType<JobOutcome.Stopped>(sweep.Trial(2).Outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void WallTime_ReachedAgainWhileJobsStop_OnlyRepeatsTheStops()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        sweep.Start();
        sweep.ReachWallTime();

        sweep.ReachWallTime();

        Assert.False(sweep.Changed);
        Assert.IsType<SweepCommand.Stop>(Assert.Single(sweep.Commands));
    }

    [Fact]
    public void WallTime_ReachedDuringRangeTests_SkipsTheTrialsThatWaitForThem()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 2));
        JobTicket ticket = sweep.Start();

        sweep.ReachWallTime();
        sweep.End(ticket, Outcomes.Tested(1), epochs: 1);

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Equal(Tally.Zero with { Total = 4, Skipped = 4 }, sweep.State.Counts);
        Assert.Equal(Tally.Zero with { Total = 2, Completed = 1, Skipped = 1 }, sweep.State.RangeTests);
    }

    [Fact]
    public void WallTime_ReachedAfterTheEnd_SaysNothingNew()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        sweep.RunRest();

        sweep.ReachWallTime();

        Assert.False(sweep.Changed);
    }

    [Fact]
    public void WallTime_ReachedThenRetried_RunsWhatWasStopped()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket ticket = sweep.Start();
        sweep.ReachWallTime();
        sweep.End(ticket, Outcomes.Stopped(), epochs: 1);

        sweep.Retry();
        sweep.RunRest();

        Assert.Equal((SweepStatus.Completed, 1), (sweep.State.Status, sweep.State.Counts.Completed));
        Assert.Null(sweep.State.StatusReason);
    }
}
