using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Ends of jobs, and losses of their workers.</summary>
public sealed class SweepPlannerEndTests
{
    [Fact]
    public void JobEnded_LastTrial_CompletesTheSweep()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.Start();
        JobTicket second = sweep.Start();

        sweep.End(second, Outcomes.Trained());
        Assert.Equal(new SweepCommand.Release(second.LeaseId), Assert.Single(sweep.Commands));
        Assert.Equal(SweepStatus.Running, sweep.State.Status);

        sweep.End(first, Outcomes.Diverged());
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Null(sweep.State.StatusReason);
        Assert.Equal(Tally.Zero with { Total = 2, Completed = 1, Diverged = 1 }, sweep.State.Counts);
        Assert.Equal(Outcomes.Diverged(), sweep.Trial(1).Outcome);
        Assert.NotNull(sweep.Trial(1).Run);
    }

    [Fact]
    public void JobEnded_Twice_CountsOnce()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket ticket = sweep.Start();
        sweep.End(ticket, Outcomes.Trained(test: 0.9));

        sweep.End(ticket, Outcomes.Trained(test: 0.1));

        Assert.False(sweep.Changed);
        Assert.Empty(sweep.Commands);
        Assert.Equal(0.9, sweep.Trial(1).Score!.TestAccuracy);
    }

    [Fact]
    public void JobEnded_StaleAttempt_IsRefused()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket first = sweep.Start();
        sweep.Lose(first);
        JobTicket second = sweep.Start();
        Assert.Equal((first.Key, 2), (second.Key, second.Attempt));

        sweep.End(first, Outcomes.Trained(test: 0.1));
        Assert.False(sweep.Changed);

        sweep.End(second, Outcomes.Trained(test: 0.9));
        Assert.Equal(0.9, sweep.Trial(1).Score!.TestAccuracy);
        Assert.Equal(2, sweep.Trial(1).Attempts);
    }

    [Theory]
    [InlineData(JobKind.Trial, 99)]
    [InlineData(JobKind.Trial, 0)]
    [InlineData(JobKind.RangeTest, 1)]
    public void JobEnded_JobThatIsNotRunning_IsRefused(JobKind kind, int number)
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));

        sweep.Take(at => new SweepEvent.JobEnded(new JobKey("tests", kind, number), 1, Outcomes.Trained(), Outcomes.Run(1, at, 2), at));

        Assert.False(sweep.Changed);
    }

    [Fact]
    public void JobEnded_RangeTest_BoundsItsOwnCellsTrials()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 3));

        sweep.Run(Outcomes.Tested(2), epochs: 1);

        double pullBack = sweep.State.Spec.RangeTest.PullBack;
        Assert.Equal([0.25, 0.5, 1], Enumerable.Range(1, 3).Select(number => sweep.Trial(number).Configuration.MaxLearningRate / 2 / pullBack));
        Assert.Equal(Tally.Zero with { Total = 6, Ready = 3, Waiting = 3 }, sweep.State.Counts);
        Assert.Equal([1, 2, 3], sweep.State.ChangedTrials.Order());
        Assert.Equal([1], sweep.State.ChangedCells);
    }

    [Fact]
    public void JobEnded_RangeTestWithoutMaximum_SkipsItsTrialsAndSaysWhy()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 1, pointsPerCell: 2));

        sweep.Run(Outcomes.Tested(null), epochs: 1);

        Assert.Equal((SweepStatus.Completed, "no range test gave a learning rate, so no trial was run"), (sweep.State.Status, sweep.State.StatusReason));
        Assert.Equal(Tally.Zero with { Total = 2, Skipped = 2 }, sweep.State.Counts);
        Assert.Contains("accuracy never left chance", Assert.IsType<JobOutcome.Stopped>(sweep.Trial(1).Outcome).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void JobEnded_StoppedThoughNobodyAskedAnyMore_PutsTheTrialBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket ticket = sweep.Start();
        sweep.Cancel();
        sweep.Resume();

        sweep.End(ticket, Outcomes.Stopped(), epochs: 1);

        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);
        sweep.Run(Outcomes.Trained());
        Assert.Equal(Tally.Zero with { Total = 1, Completed = 1 }, sweep.State.Counts);
    }

    [Fact]
    public void JobLost_Trial_IsStartedOnceMore()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket ticket = sweep.Start();

        sweep.Lose(ticket);

        Assert.Equal(new SweepCommand.Release(ticket.LeaseId), Assert.Single(sweep.Commands));
        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);
        Assert.Equal(1, sweep.State.SlotsWanted);
        Assert.Equal(2, sweep.Start().Attempt);
    }

    [Fact]
    public void JobLost_Twice_CountsOnce()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket ticket = sweep.Start();
        sweep.Lose(ticket);

        sweep.Lose(ticket);

        Assert.False(sweep.Changed);
        Assert.Equal(1, sweep.State.Trial(1).Losses);
    }

    [Fact]
    public void JobLost_AsOftenAsAllowed_FailsAndTheSweepEnds()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1).WithLimits(limits => limits with { Attempts = 3 }));
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            sweep.Lose(sweep.Start());
        }

        JobOutcome.Failed failed = Assert.IsType<JobOutcome.Failed>(sweep.Trial(1).Outcome);
        Assert.True(failed.WorkerLost);
        Assert.Contains("lost 3 times", failed.Error, StringComparison.Ordinal);
        Assert.Contains("its node fell silent", failed.Error, StringComparison.Ordinal);
        Assert.Equal((SweepStatus.Completed, "no trial completed"), (sweep.State.Status, sweep.State.StatusReason));
        Assert.Equal(1, sweep.State.Counts.Failed);
    }

    [Fact]
    public void JobLost_HandedBack_NeverCountsAgainstTheLimit()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1).WithLimits(limits => limits with { Attempts = 1 }));
        for (int restart = 0; restart < 10; restart++)
        {
            sweep.Lose(sweep.Start(), handedBack: true);
        }

        sweep.Run(Outcomes.Trained());

        Assert.Equal(1, sweep.State.Counts.Completed);
        Assert.Equal(11, sweep.Trial(1).Attempts);
    }

    [Fact]
    public void JobLost_RangeTestAsOftenAsAllowed_SkipsItsTrials()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 2).WithLimits(limits => limits with { Attempts = 1 }));

        sweep.Lose(sweep.Start());
        sweep.RunRest();

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Equal(Tally.Zero with { Total = 4, Completed = 2, Skipped = 2 }, sweep.State.Counts);
        Assert.Equal(Tally.Zero with { Total = 2, Completed = 1, Failed = 1 }, sweep.State.RangeTests);
    }
}
