using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Jobs that wait behind others for their slots.</summary>
public sealed class SweepPlannerPrefetchTests
{
    [Fact]
    public void Prefetched_NextJob_WaitsAndTakesTheSlotOver()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.StartKept();

        JobTicket second = sweep.Prefetch(first);

        Assert.Equal((SweepScript.TrialKey(2), 1), (second.Key, second.Attempt));
        Assert.Equal(JobStatus.Ready, sweep.Trial(2).Status);
        Assert.Equal((1, 1), (sweep.State.Running.Count, sweep.State.SlotsWanted)); // of which there is only the third

        sweep.EndAndHandOn(first, second);

        Assert.Empty(sweep.Commands); // it is at work: nobody needs to start it
        Assert.Equal((JobStatus.Running, 1), (sweep.Trial(2).Status, sweep.Trial(2).Attempts));
        Assert.Equal("T-0002 started on node/cpu", EventText.Of(new SweepEvent.SlotGranted(new SlotLease(second.LeaseId, SweepScript.Worker), sweep.Now), sweep.State));

        JobTicket third = sweep.Prefetch(second);
        sweep.EndAndHandOn(second, third);
        sweep.End(third, Outcomes.Trained());
        Assert.Equal(new SweepCommand.Release(first.LeaseId), Assert.Single(sweep.Commands));
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
    }

    [Fact]
    public void Prefetched_RangeTests_WaitToo()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(2, 1));
        JobTicket first = sweep.StartKept();
        JobTicket second = sweep.Prefetch(first);
        Assert.Equal(SweepScript.TestKey(2), second.Key);
        Assert.Equal(sweep.State.Spec.RangeTest.To, second.Configuration.MaxLearningRate);

        sweep.Take(at => new SweepEvent.JobEnded(first.Key, 1, Outcomes.Tested(1.0), Outcomes.Run(1, at, 1), at, Successor: second.Prefetch));
        sweep.Grant(Assert.IsType<SweepCommand.HandOn>(Assert.Single(sweep.Commands)).Lease);

        Assert.Equal(JobStatus.Running, sweep.Cell(2).Status);
        Assert.Equal(second.Configuration, sweep.State.Running[second.Key].Configuration);
    }

    [Fact]
    public void JobEnded_SuccessorDidNotStart_GivesBothSlotAndJobBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);

        sweep.End(first, Outcomes.Trained());

        Assert.Equal(new SweepCommand.Release(first.LeaseId), Assert.Single(sweep.Commands));
        Assert.Equal(0, sweep.Trial(2).Attempts);
        JobTicket again = sweep.Start();
        Assert.Equal((second.Key, 1, 0), (again.Key, again.Attempt, again.Prefetch));
    }

    [Fact]
    public void JobLost_NobodyKnowsWhetherTheNextStarted_StopsItAndNeverUsesItsAttemptAgain()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);

        sweep.Lose(first);

        Assert.Contains(sweep.Commands, command => command is SweepCommand.Stop { Attempt: 1 } stop && stop.Key == second.Key);
        Assert.Contains(new SweepCommand.Release(first.LeaseId), sweep.Commands);
        sweep.Run(Outcomes.Trained());
        Assert.Equal((second.Key, 2), (sweep.Start() is var next ? next.Key : default, sweep.Trial(2).Attempts));
    }

    [Fact]
    public void JobLost_HandedBack_TheNextDidNotStart()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.StartKept();
        sweep.Prefetch(first);

        sweep.Lose(first, handedBack: true);

        Assert.Equal(new SweepCommand.Release(first.LeaseId), Assert.Single(sweep.Commands));
        Assert.Equal(0, sweep.Trial(2).Attempts);
    }

    [Fact]
    public void JobLost_SiloDied_BlamesTheJobBehindAndLetsEachRunAlone()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.StartKept();
        sweep.Prefetch(first);

        sweep.Lose(first, died: "a@1");

        JobTicket again = sweep.StartKept();
        Assert.Equal(first.Key, again.Key);
        sweep.TryPrefetch(again);
        Assert.False(sweep.Changed);
        JobTicket second = sweep.StartKept();
        sweep.TryPrefetch(second); // the third is not blamed, but the second is
        Assert.False(sweep.Changed);
        sweep.Lose(second, died: "b@1");
        Assert.StartsWith("quarantined: 2 silos died", Assert.IsType<JobOutcome.Failed>(sweep.Trial(2).Outcome).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Paused_WaitingJob_IsCalledBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);

        sweep.Pause();

        Assert.Equal(new SweepCommand.Withdraw(SweepScript.Worker, second.Key, second.Prefetch), Assert.Single(sweep.Commands));
        sweep.Return(second);
        Assert.Equal((0, 0), (sweep.Trial(2).Attempts, sweep.State.Prefetched.Count));
        sweep.Return(second); // said twice
        Assert.False(sweep.Changed);
        sweep.TryPrefetch(first);
        Assert.False(sweep.Changed);
    }

    [Fact]
    public void Paused_JobThatHasStartedMeanwhile_GoesOn()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);
        sweep.Pause();

        sweep.EndAndHandOn(first, second);

        Assert.Equal(JobStatus.Running, sweep.Trial(2).Status);
        sweep.End(second, Outcomes.Trained());
        Assert.Equal((SweepStatus.Paused, 1), (sweep.State.Status, sweep.State.Counts.Ready));
    }

    [Fact]
    public void Cancelled_JobThatHasStartedMeanwhile_IsStopped()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);
        sweep.Cancel();
        Assert.Contains(new SweepCommand.Withdraw(SweepScript.Worker, second.Key, second.Prefetch), sweep.Commands);

        sweep.EndAndHandOn(first, second);

        Assert.Equal(new SweepCommand.Stop(SweepScript.Worker, second.Key, 1, "the sweep was cancelled"), Assert.Single(sweep.Commands));
        sweep.End(second, Outcomes.Stopped());
        Assert.True(sweep.State.HasEnded);
    }

    [Fact]
    public void WallTimeReached_JobThatHasStartedMeanwhile_IsStoppedAndItsSlotGoesBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);
        sweep.ReachWallTime();
        Assert.Contains(new SweepCommand.Withdraw(SweepScript.Worker, second.Key, second.Prefetch), sweep.Commands);

        sweep.EndAndHandOn(first, second);

        Assert.Contains(sweep.Commands, command => command is SweepCommand.Stop stop && stop.Key == second.Key);
        Assert.Contains(new SweepCommand.Release(first.LeaseId), sweep.Commands);
        Assert.Equal((JobStatus.Skipped, SweepStatus.Completed), (sweep.Trial(2).Status, sweep.State.Status));
    }

    [Fact]
    public void Prefetched_SlotThatMayNotBeKept_ChangesNothing()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        sweep.TryPrefetch(sweep.Start());
        Assert.False(sweep.Changed);

        JobTicket kept = sweep.StartKept();
        sweep.Prefetch(kept);
        sweep.TryPrefetch(kept); // a second one behind the same
        Assert.False(sweep.Changed);
    }

    [Fact]
    public void PrefetchEnded_WaitingJobs_AreCalledBackUntilTheyAreBackAndNoneFollows()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);
        var withdraw = new SweepCommand.Withdraw(SweepScript.Worker, second.Key, second.Prefetch);

        sweep.EndPrefetch();
        Assert.Equal(withdraw, Assert.Single(sweep.Commands));
        sweep.EndPrefetch();
        Assert.Equal((withdraw, false), (Assert.Single(sweep.Commands), sweep.Changed));

        sweep.Return(second);
        Assert.Equal(2, sweep.State.SlotsWanted);
        sweep.TryPrefetch(first);
        Assert.False(sweep.Changed);
        sweep.End(first, Outcomes.Trained());
        Assert.Equal(new SweepCommand.Release(first.LeaseId), Assert.Single(sweep.Commands));
    }

    [Fact]
    public void Prefetched_EpochsOfTheWaitingJob_CountTowardsTheLimit()
    {
        var sweep = new SweepScript(TestSpecs.Trials(4).WithLimits(limits => limits with { Epochs = 4 }));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);
        Assert.Equal(4, sweep.State.EpochsCommitted);

        sweep.Grant(new SlotLease(99, SweepScript.Worker)); // would need six
        Assert.Equal(JobStatus.Ready, sweep.Trial(2).Status);
        Assert.Equal((JobStatus.Skipped, JobStatus.Skipped), (sweep.Trial(3).Status, sweep.Trial(4).Status));

        sweep.EndAndHandOn(first, second);
        sweep.TryPrefetch(second);
        Assert.False(sweep.Changed);
        sweep.End(second, Outcomes.Trained());
        Assert.Equal((4, SweepStatus.Completed), (sweep.State.EpochsCommitted, sweep.State.Status));
    }

    [Fact]
    public void Enqueued_ConfigurationInFront_CallsBackWhatWaitsAndWaitsInItsPlace()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);

        sweep.Take(at => new SweepEvent.Enqueued(new Configuration(0.5, 32, 0, 0), 1, "anna@host", at));

        Assert.Equal(new SweepCommand.Withdraw(SweepScript.Worker, second.Key, second.Prefetch), Assert.Single(sweep.Commands));
        sweep.Return(second);
        Assert.Equal(SweepScript.TrialKey(4), sweep.Prefetch(first).Key);
    }

    [Fact]
    public void Prefetched_SearchThatLearns_IsNotAskedAheadOfItsResults()
    {
        var sweep = new SweepScript(TestSpecs.Sampled(SearchStrategy.Tpe, 5, rangeTested: false));
        JobTicket first = sweep.StartKept();

        sweep.TryPrefetch(first);

        Assert.False(sweep.Changed);
        Assert.Single(sweep.State.Trials);
    }

    [Fact]
    public void Prefetched_JobThatFailedOnTheWorker_DoesNotWaitThere()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        JobTicket first = sweep.Start();
        sweep.Take(at => new SweepEvent.JobEnded(first.Key, 1, Outcomes.Failed(), Outcomes.Run(1, at, 1), at, Others: true));
        JobTicket second = sweep.StartKept();
        Assert.Equal(SweepScript.TrialKey(2), second.Key);

        sweep.TryPrefetch(second);

        Assert.False(sweep.Changed);
    }

    [Fact]
    public void SlotsWanted_MostJobsAtOnce_LeavesNothingToMove()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3).WithLimits(limits => limits with { MaxParallel = 1 }));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);
        Assert.Equal((0, 0), (sweep.State.SlotsWanted, sweep.State.PrefetchedToMove));
        sweep.EndAndHandOn(first, second);

        var wide = new SweepScript(TestSpecs.Trials(3));
        wide.Prefetch(wide.StartKept());
        Assert.Equal((1, 1), (wide.State.SlotsWanted, wide.State.PrefetchedToMove));
    }

    [Fact]
    public void LimitsSet_FewerJobsAtOnce_CallsWaitingJobsBackUntilSoManyRun()
    {
        var sweep = new SweepScript(TestSpecs.Trials(6));
        JobTicket first = sweep.StartKept(), second = sweep.StartKept(), third = sweep.Prefetch(first);

        sweep.Take(at => new SweepEvent.LimitsSet(sweep.State.Spec.Limits with { MaxParallel = 1 }, "max_parallel: none -> 1", "anna@host", at));

        Assert.Equal(new SweepCommand.Withdraw(SweepScript.Worker, third.Key, third.Prefetch), Assert.Single(sweep.Commands));
        sweep.Return(third);
        sweep.TryPrefetch(first);
        Assert.False(sweep.Changed);
        sweep.End(first, Outcomes.Trained());
        Assert.Equal(third.Key, sweep.Prefetch(second).Key);
    }

    [Fact]
    public void Activated_WaitingJob_IsKeptAndCalledBackAgainWhereItWas()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3));
        JobTicket first = sweep.StartKept(), second = sweep.Prefetch(first);
        sweep.Take(at => new SweepEvent.Activated(at));
        Assert.Empty(sweep.Commands);
        sweep.Pause();

        sweep.Take(at => new SweepEvent.Activated(at));

        Assert.Equal(new SweepCommand.Withdraw(SweepScript.Worker, second.Key, second.Prefetch), Assert.Single(sweep.Commands));
    }
}
