using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Pause, resume, cancel and retry.</summary>
public sealed class SweepPlannerControlTests
{
    [Fact]
    public void Paused_JobsRunning_LetsThemEndAndStartsNone()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket ticket = sweep.Start();

        sweep.Pause();
        Assert.Empty(sweep.Commands);
        Assert.Equal(0, sweep.State.SlotsWanted);
        sweep.StartNothing();
        sweep.End(ticket, Outcomes.Trained());
        Assert.Equal((SweepStatus.Paused, 1), (sweep.State.Status, sweep.State.Counts.Completed));

        sweep.Resume();
        sweep.RunRest();
        Assert.Equal((SweepStatus.Completed, 2), (sweep.State.Status, sweep.State.Counts.Completed));
    }

    [Fact]
    public void Paused_WorkerLost_PutsItsTrialBackAndStaysPaused()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket ticket = sweep.Start();
        sweep.Pause();

        sweep.Lose(ticket);

        Assert.Equal((SweepStatus.Paused, 1, 0), (sweep.State.Status, sweep.State.Counts.Ready, sweep.State.SlotsWanted));
    }

    [Fact]
    public void Paused_LastTrialEnds_Completes()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket ticket = sweep.Start();
        sweep.Pause();

        sweep.End(ticket, Outcomes.Trained());

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
    }

    [Fact]
    public void Paused_NothingRuns_TimeStands()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        sweep.Pause();
        TimeSpan active = sweep.State.Active;

        sweep.Pace = TimeSpan.FromDays(1);
        sweep.Resume();

        Assert.Equal(active, sweep.State.Active);
    }

    [Fact]
    public void Cancelled_JobsRunning_StopsThem()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.Start();
        JobTicket second = sweep.Start();

        sweep.Cancel();

        Assert.Equal(
            [(first.Key, 1), (second.Key, 1)],
            sweep.Commands.Select(Assert.IsType<SweepCommand.Stop>).Select(stop => (stop.Key, stop.Attempt)).OrderBy(job => job.Key.Number));
        Assert.All(sweep.State.Running.Values, job => Assert.NotNull(job.StopReason));
        sweep.StartNothing();

        sweep.End(first, Outcomes.Stopped(), epochs: 0.5);
        sweep.Lose(second);
        Assert.Equal(Tally.Zero with { Total = 3, Ready = 1, Stopped = 2 }, sweep.State.Counts);
        Assert.Equal((SweepStatus.Cancelled, "cancelled by a user"), (sweep.State.Status, sweep.State.StatusReason));
    }

    [Fact]
    public void Cancelled_JobThatEndsAllTheSame_Counts()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        JobTicket ticket = sweep.Start();
        sweep.Cancel();

        sweep.End(ticket, Outcomes.Trained());

        Assert.Equal((SweepStatus.Cancelled, 1), (sweep.State.Status, sweep.State.Counts.Completed));
        sweep.Resume();
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
    }

    [Fact]
    public void Cancelled_WhileRangeTestsRun_ResumeRunsEverything()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 2));
        JobTicket first = sweep.Start();
        JobTicket second = sweep.Start();
        sweep.Cancel();
        sweep.End(first, Outcomes.Stopped(), epochs: 0.2);
        Assert.Equal((2, 2), (sweep.State.Counts.Skipped, sweep.State.Counts.Waiting));

        sweep.Resume();
        sweep.End(second, Outcomes.Stopped(), epochs: 0.2); // the wish to stop had reached it before
        sweep.RunRest();

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Assert.Equal(Tally.Zero with { Total = 4, Completed = 4 }, sweep.State.Counts);
        Assert.Equal(Tally.Zero with { Total = 2, Completed = 2 }, sweep.State.RangeTests);
    }

    [Fact]
    public void Cancelled_ThenResumedUnderAnEpochLimit_StillAffordsEveryTrial()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3).WithLimits(limits => limits with { Epochs = 6 }));
        JobTicket ticket = sweep.Start();
        sweep.Cancel();
        sweep.End(ticket, Outcomes.Stopped(), epochs: 1.5);

        sweep.Resume();
        sweep.RunRest();

        Assert.Equal(3, sweep.State.Counts.Completed);
    }

    [Fact]
    public void Cancelled_CompletedSweep_SaysNothingNew()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        sweep.RunRest();

        sweep.Cancel();
        Assert.False(sweep.Changed);
        sweep.Pause();
        Assert.False(sweep.Changed);
        sweep.Resume();
        Assert.False(sweep.Changed);
        sweep.Retry();
        Assert.False(sweep.Changed);
    }

    [Fact]
    public void Retried_All_RunsWhatFailedAndNothingElse()
    {
        var sweep = new SweepScript(TestSpecs.Trials(4));
        sweep.Run(Outcomes.Trained());
        sweep.Run(Outcomes.Failed());
        sweep.Run(Outcomes.OutOfMemory());
        sweep.Run(Outcomes.Diverged());
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);

        sweep.Retry();

        Assert.Equal(SweepStatus.Running, sweep.State.Status);
        Assert.Equal([2, 3], sweep.State.ReadyTrials);
        Assert.Null(sweep.Trial(2).Outcome);
        Assert.Null(sweep.Trial(2).Run);
        Assert.Equal(2, sweep.Start().Attempt);
    }

    [Fact]
    public void Retried_Named_RunsThoseAlone()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        sweep.Run(Outcomes.Failed());
        sweep.Run(Outcomes.Failed());
        sweep.Run(Outcomes.Trained());

        sweep.Retry(SweepScript.TrialKey(2), SweepScript.TrialKey(3), SweepScript.TrialKey(77));

        Assert.Equal([2], sweep.State.ReadyTrials);
    }

    [Fact]
    public void Retried_TrialWhoseWorkersWereLost_HasAllItsAttemptsAgain()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1).WithLimits(limits => limits with { Attempts = 2 }));
        sweep.Lose(sweep.Start());
        sweep.Lose(sweep.Start());
        Assert.Equal(1, sweep.State.Counts.Failed);

        sweep.Retry();
        sweep.Lose(sweep.Start());

        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);
        Assert.Equal(4, sweep.Start().Attempt);
    }

    [Fact]
    public void Retried_RangeTestThatFailed_TakesItsTrialsAlong()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 2));
        sweep.Run(Outcomes.Failed(), epochs: 0);
        sweep.RunRest();
        Assert.Equal(Tally.Zero with { Total = 4, Completed = 2, Skipped = 2 }, sweep.State.Counts);

        sweep.Retry();
        sweep.RunRest();

        Assert.Equal(Tally.Zero with { Total = 4, Completed = 4 }, sweep.State.Counts);
    }

    [Fact]
    public void Retried_TrialThatItsRangeTestHeldUp_RunsTheRangeTestAgain()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 2));
        sweep.Run(Outcomes.Failed(), epochs: 0);
        sweep.Run(Outcomes.Failed(), epochs: 0);

        sweep.Retry(SweepScript.TrialKey(2));

        Assert.Equal([1], sweep.State.ReadyCells);
        Assert.Equal(2, sweep.State.Counts.Waiting);
        sweep.RunRest();
        Assert.Equal(Tally.Zero with { Total = 4, Completed = 2, Skipped = 2 }, sweep.State.Counts);
    }

    [Fact]
    public void Retried_CancelledSweepWithJobsStillStopping_LosesNone()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket slow = sweep.Start();
        JobTicket failing = sweep.Start();
        sweep.Cancel();
        sweep.End(failing, Outcomes.Failed());

        sweep.Retry();
        sweep.End(slow, Outcomes.Stopped(), epochs: 0.1); // the wish to stop had reached it before
        sweep.RunRest();

        Assert.Equal(2, sweep.State.Counts.Completed);
    }
}
