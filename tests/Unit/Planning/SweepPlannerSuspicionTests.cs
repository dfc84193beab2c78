using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Workers that fail what others do.</summary>
public sealed class SweepPlannerSuspicionTests
{
    private static readonly WorkerKey Bad = new("bad", "cpu");

    private long _leases = 1000;

    [Fact]
    public void JobEnded_FailedWhereThereAreOthers_IsTriedByAnother()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        Fail(sweep, StartOn(sweep, Bad)!);

        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);
        Assert.Null(StartOn(sweep, Bad));
        Assert.Equal(2, sweep.Start().Attempt);
    }

    [Fact]
    public void JobEnded_FailedOnBoth_HasFailedAndSpeaksAgainstNobody()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        Fail(sweep, StartOn(sweep, Bad)!);

        Fail(sweep, sweep.Start());

        Assert.IsType<JobOutcome.Failed>(sweep.Trial(1).Outcome);
        Assert.Empty(sweep.State.Suspicions);
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
    }

    [Fact]
    public void JobEnded_TwiceFailedHereAndDoneElsewhere_QuarantinesTheWorkerOnce()
    {
        var sweep = new SweepScript(TestSpecs.Trials(4));
        for (int trial = 1; trial <= 3; trial++)
        {
            Fail(sweep, StartOn(sweep, Bad)!);
        }

        sweep.Run(Outcomes.Trained());
        Assert.Empty(sweep.Commands.OfType<SweepCommand.Quarantine>());
        sweep.Run(Outcomes.Diverged());
        SweepCommand.Quarantine quarantine = Assert.Single(sweep.Commands.OfType<SweepCommand.Quarantine>());
        sweep.Run(Outcomes.Trained());

        Assert.Equal((Bad, "it failed 2 jobs of sweep tests that other workers did"), (quarantine.Worker, quarantine.Reason));
        Assert.Empty(sweep.Commands.OfType<SweepCommand.Quarantine>());
        Assert.Equal(0, sweep.State.Counts.Failed);
    }

    [Fact]
    public void JobEnded_FailedRangeTest_IsTriedByAnother()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 1, pointsPerCell: 2));
        Fail(sweep, StartOn(sweep, Bad)!);

        Assert.Null(StartOn(sweep, Bad));
        sweep.Run(Outcomes.Tested(1.0));
        Assert.Equal(2, sweep.State.Counts.Ready);
    }

    [Fact]
    public void SlotGranted_OnlyWorkerThatIsLeft_TriesOnceMoreItself()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        Fail(sweep, StartOn(sweep, Bad)!);

        JobTicket again = StartOn(sweep, Bad, alone: true)!;
        Fail(sweep, again);

        Assert.Equal(2, again.Attempt);
        Assert.IsType<JobOutcome.Failed>(sweep.Trial(1).Outcome);
    }

    private JobTicket? StartOn(SweepScript sweep, WorkerKey worker, bool alone = false)
    {
        sweep.Take(at => new SweepEvent.SlotGranted(new SlotLease(++_leases, worker), at, alone));
        return sweep.Commands.OfType<SweepCommand.Start>().SingleOrDefault()?.Ticket;
    }

    private static void Fail(SweepScript sweep, JobTicket ticket) => sweep.Take(at => new SweepEvent.JobEnded(
        ticket.Key, ticket.Attempt, new JobOutcome.Failed("no disk"), Outcomes.Run(ticket.Seed, at, 0), at, Others: true));
}
