using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>A sweep that a test leads through its events one by one; a minute passes before each.</summary>
internal sealed class SweepScript
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly WorkerKey Worker = new("node", "cpu");

    private long _leases;

    public SweepScript(SweepSpec spec, bool submit = true)
    {
        State = SweepPlanner.Start(spec);
        if (submit)
        {
            Submit();
        }
    }

    public SweepState State { get; private set; }

    /// <summary>Commands of the last event.</summary>
    public ImmutableArray<SweepCommand> Commands { get; private set; } = [];

    /// <summary>Time that passes before each event.</summary>
    public TimeSpan Pace { get; set; } = TimeSpan.FromMinutes(1);

    public DateTimeOffset Now { get; private set; } = Epoch;

    /// <summary>Whether the last event changed the sweep.</summary>
    public bool Changed { get; private set; }

    public void Take(Func<DateTimeOffset, SweepEvent> change)
    {
        Now += Pace;
        SweepState before = State;
        (State, Commands) = SweepPlanner.Decide(before, change(Now));
        Changed = !ReferenceEquals(State, before);
        SweepLaws.Check(State);
    }

    public void Submit() => Take(at => new SweepEvent.Submitted(at, null, PlannerRules.Current));

    public void Pause() => Take(at => new SweepEvent.Paused(at));

    public void Resume() => Take(at => new SweepEvent.Resumed(at));

    public void Cancel() => Take(at => new SweepEvent.Cancelled(at));

    public void ReachWallTime() => Take(at => new SweepEvent.WallTimeReached(at));

    public void Retry(params JobKey[] jobs) => Take(at => new SweepEvent.Retried([.. jobs], at));

    public void Grant(SlotLease lease) => Take(at => new SweepEvent.SlotGranted(lease, at));

    /// <summary>Grants a new slot; the ticket of the job that takes it.</summary>
    public JobTicket Start()
    {
        Grant(new SlotLease(++_leases, Worker));
        SweepCommand.Start start = Assert.IsType<SweepCommand.Start>(Assert.Single(Commands));
        Assert.Equal(Worker, start.Worker);
        Assert.Equal(_leases, start.Ticket.LeaseId);
        return start.Ticket;
    }

    /// <summary>Grants a new slot that may be kept for further jobs; the ticket of the job that takes it.</summary>
    public JobTicket StartKept()
    {
        Grant(new SlotLease(++_leases, Worker, Prefetch: true));
        return Assert.IsType<SweepCommand.Start>(Assert.Single(Commands)).Ticket;
    }

    /// <summary>Has the next job wait behind one; its ticket.</summary>
    public JobTicket Prefetch(JobTicket behind)
    {
        TryPrefetch(behind);
        SweepCommand.Start start = Assert.IsType<SweepCommand.Start>(Assert.Single(Commands));
        Assert.Equal((Worker, behind.LeaseId), (start.Worker, start.Ticket.LeaseId));
        return start.Ticket;
    }

    public void TryPrefetch(JobTicket behind)
    {
        bool can = SweepPlanner.CanPrefetch(State, behind.LeaseId);
        Take(at => new SweepEvent.Prefetched(behind.LeaseId, at));
        Assert.Equal(can, Changed);
    }

    public void Return(JobTicket waiting) => Take(at => new SweepEvent.PrefetchReturned(waiting.Key, waiting.Prefetch, at));

    public void EndPrefetch() => Take(at => new SweepEvent.PrefetchEnded(at));

    /// <summary>Ends a job whose slot another has taken over; the coordinator grants it to that one.</summary>
    public void EndAndHandOn(JobTicket ticket, JobTicket successor)
    {
        Take(at => new SweepEvent.JobEnded(ticket.Key, ticket.Attempt, Outcomes.Trained(), Outcomes.Run(ticket.Seed, at, 2), at, Successor: successor.Prefetch));
        Grant(Assert.IsType<SweepCommand.HandOn>(Assert.Single(Commands)).Lease);
    }

    /// <summary>Grants a new slot that must go back unused.</summary>
    public void StartNothing()
    {
        Grant(new SlotLease(++_leases, Worker));
        Assert.Equal(new SweepCommand.Release(_leases), Assert.Single(Commands));
    }

    public void End(JobTicket ticket, JobOutcome outcome, double epochs = 2) =>
        Take(at => new SweepEvent.JobEnded(ticket.Key, ticket.Attempt, outcome, Outcomes.Run(ticket.Seed, at, epochs), at));

    public void Lose(JobTicket ticket, bool handedBack = false, string reason = "its node fell silent", string? died = null) =>
        Take(at => new SweepEvent.JobLost(ticket.Key, ticket.Attempt, reason, handedBack, at, died));

    /// <summary>Starts the next job and ends it.</summary>
    public void Run(JobOutcome outcome, double epochs = 2) => End(Start(), outcome, epochs);

    /// <summary>Runs trials to their good ends until nothing is left to start.</summary>
    public void RunRest()
    {
        while (State.SlotsWanted > 0)
        {
            JobTicket ticket = Start();
            End(ticket, ticket.Key.Kind == JobKind.Trial ? Outcomes.Trained() : Outcomes.Tested(1.0), ticket.Key.Kind == JobKind.Trial ? 2 : 1);
        }
    }

    public TrialRecord Trial(int number) => State.Trial(number).Record;

    public CellRecord Cell(int number) => State.Cell(number).Record;

    public static JobKey TrialKey(int number) => new("tests", JobKind.Trial, number);

    public static JobKey TestKey(int number) => new("tests", JobKind.RangeTest, number);
}
