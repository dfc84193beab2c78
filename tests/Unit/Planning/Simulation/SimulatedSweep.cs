using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Store;
using Sweeper.Grains.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>
/// A whole sweep in virtual time: a coordinator that stores events before it acts and may die between the two, workers
/// that fail, messages that are late, double or in the wrong order, and a user who changes their mind.
/// </summary>
internal sealed class SimulatedSweep
{
    private const int MostSteps = 2_000_000;

    private readonly Scenario _scenario;
    private readonly SimulatedTime _time;
    private readonly ImmutableArray<SimulatedWorker> _workers;
    private readonly SimulatedPool _pool;
    private readonly int _lawsEvery;
    private readonly List<StoredEvent> _stored = [];
    private readonly HashSet<(JobKey Key, int Attempt)> _begun = [];
    private readonly Dictionary<JobKey, int> _losses = [];
    private readonly HashSet<JobKey> _finished = [];
    private readonly HashSet<JobKey> _dropped = [];
    private int _wishes;

    private SimulatedSweep(Scenario scenario, int lawsEvery)
    {
        State = SweepPlanner.Start(scenario.Spec);
        _scenario = scenario;
        _time = new SimulatedTime(scenario.Seed);
        _workers = [.. Enumerable.Range(1, scenario.Workers).Select(number =>
            new SimulatedWorker(new WorkerKey($"node{number}", "cpu"), scenario, _time, Begin, Take, Judge))];
        _pool = new SimulatedPool([.. _workers.Select(worker => worker.Key)], scenario, _time, () => State, Take);
        _wishes = scenario.Wishes;
        _lawsEvery = lawsEvery;
    }

    public SweepState State { get; private set; }

    public IReadOnlyList<StoredEvent> Stored => _stored;

    /// <summary>Coordinators that died.</summary>
    public int Crashes { get; private set; }

    /// <summary>Most jobs that were ever on workers at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Jobs that took over the slots of others.</summary>
    public int HandedOn { get; private set; }

    /// <summary>Runs a sweep to its end.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="lawsEvery">Events between two checks of every law.</param>
    public static SimulatedSweep Run(Scenario scenario, int lawsEvery = 1)
    {
        var sweep = new SimulatedSweep(scenario, lawsEvery);
        while (!sweep.Take(at => new SweepEvent.Submitted(at, null, PlannerRules.Current)))
        {
            // The coordinator died at it; a user asks again.
        }

        while (scenario.Warm is { } warm && !sweep.Take(at => new SweepEvent.WarmStarted(warm, at)))
        {
            // Stored with the first event, or not at all.
        }

        sweep.Turn();
        for (int step = 0; sweep.State.Status != SweepStatus.Completed; step++)
        {
            Assert.True(step < MostSteps, "the sweep does not end");
            Assert.True(sweep._time.Step());
        }

        Assert.All(sweep._workers, worker => Assert.True(worker.Most <= scenario.Slots));
        return sweep;
    }

    /// <summary>The coordinator takes a progress report, as its grain does.</summary>
    private void Judge(JobProgress progress)
    {
        if (State.Running.GetValueOrDefault(progress.Key)?.Attempt == progress.Attempt && TrialJudge.Judge(State, progress, _time.Now) is { } measured)
        {
            Take(_ => measured);
        }
    }

    /// <summary>The coordinator takes a message.</summary>
    /// <returns>Whether the sender may forget it.</returns>
    private bool Take(Func<DateTimeOffset, SweepEvent> message)
    {
        if (_time.Happens(_scenario.Crash / 2))
        {
            Restart(); // before anything was written: the sender gets no answer
            return false;
        }

        ImmutableArray<SweepCommand> commands = Store(message(_time.Now));
        if (commands.OfType<SweepCommand.HandOn>().FirstOrDefault() is { } next)
        {
            HandedOn++;
            commands = [.. commands, .. Store(new SweepEvent.SlotGranted(next.Lease, _time.Now))]; // one write
        }

        if (_time.Happens(_scenario.Crash / 2))
        {
            Restart(); // after the write: the commands are lost
            return false;
        }

        foreach (SweepCommand command in commands)
        {
            Execute(command);
        }

        return true;
    }

    private ImmutableArray<SweepCommand> Store(SweepEvent change)
    {
        SweepState before = State;
        (State, ImmutableArray<SweepCommand> commands) = SweepPlanner.Decide(before, change);
        if (!ReferenceEquals(State, before))
        {
            _stored.Add(EventJson.Write(State.Sequence, change));
            Watch(before, change);
        }

        return commands;
    }

    /// <summary>A worker begins an attempt; one that was given up, by a worker that was silent for long, does no harm.</summary>
    private void Begin(JobTicket ticket) =>
        Assert.True(_begun.Add((ticket.Key, ticket.Attempt)), "an attempt begins once, wherever it does");

    /// <summary>A new coordinator folds what was stored and takes up what was running.</summary>
    private void Restart()
    {
        Crashes++;
        SweepState folded = Folding.Of(_scenario.Spec, _stored);
        Assert.Equal(StateText.Of(State), StateText.Of(folded));
        State = folded;
        if (State.Sequence == 0)
        {
            return;
        }

        foreach (SweepCommand command in Store(new SweepEvent.Activated(_time.Now)))
        {
            Execute(command);
        }

        foreach ((JobKey key, Assignment job) in State.Running)
        {
            bool known = _workers.Single(worker => worker.Key == job.Lease.Worker).Has(key, job.Attempt);
            if (!known)
            {
                _time.Send(() => Take(at => new SweepEvent.JobLost(key, job.Attempt, "its worker does not know it", HandedBack: true, at)));
            }
            else if (job.StopReason is { } reason)
            {
                Execute(new SweepCommand.Stop(job.Lease.Worker, key, job.Attempt, reason));
            }
        }
    }

    private void Execute(SweepCommand command)
    {
        switch (command)
        {
            case SweepCommand.Start start:
                Assert.DoesNotContain(start.Ticket.Key, _finished);
                Assert.False(start.Ticket.Plan?.Lineage?.WeightsFrom is { } from && _dropped.Contains(start.Ticket.Key with { Number = from }), "weights that a run starts from are kept for it");
                if (start.Ticket.Prefetch != 0)
                {
                    _time.Send(() => Worker(start.Worker).Start(start.Ticket)); // whatever else is said meanwhile
                }
                else
                {
                    Worker(start.Worker).Start(start.Ticket);
                }

                break;
            case SweepCommand.Stop stop:
                Worker(stop.Worker).Stop(stop.Key, stop.Attempt, stop.Reason);
                break;
            case SweepCommand.Withdraw withdraw:
                _time.Send(() => Worker(withdraw.Worker).Withdraw(withdraw.Key, withdraw.Prefetch));
                break;
            case SweepCommand.DropWeights drop:
                _dropped.Add(drop.Key);
                break;
            case SweepCommand.Release release:
                _pool.Release(release.LeaseId);
                break;
        }
    }

    private SimulatedWorker Worker(WorkerKey key) => _workers.Single(worker => worker.Key == key);

    private void Watch(SweepState before, SweepEvent change)
    {
        Assert.Equal(_stored.Count, State.Sequence);
        MostAtOnce = Math.Max(MostAtOnce, State.Running.Count);
        switch (change)
        {
            case SweepEvent.JobEnded ended:
                Assert.Equal(before.Running[ended.Key].Attempt, ended.Attempt); // no stale report counts
                Assert.True(ended.Outcome is JobOutcome.Stopped or JobOutcome.Failed or JobOutcome.OutOfMemory || _finished.Add(ended.Key), "a finished job counts once");
                break;
            case SweepEvent.JobLost lost:
                Assert.Equal(before.Running[lost.Key].Attempt, lost.Attempt);
                _losses[lost.Key] = _losses.GetValueOrDefault(lost.Key) + (lost.HandedBack ? 0 : 1);
                Assert.True(_losses[lost.Key] <= _scenario.Spec.Limits.Attempts, "no job is tried more often than allowed");
                break;
            case SweepEvent.Retried or SweepEvent.Resumed:
                _losses.Clear();
                break;
        }

        if (_stored.Count % _lawsEvery == 0)
        {
            SweepLaws.Check(State);
        }
    }

    /// <summary>Every few seconds: the pool, the clock's limit, the user.</summary>
    private void Turn()
    {
        _pool.Turn();
        foreach (long lease in State.Leases.Keys.Order().Where(lease => SweepPlanner.CanPrefetch(State, lease) && _time.Happens(0.3)).ToArray())
        {
            Take(at => new SweepEvent.Prefetched(lease, at));
        }

        if (State.Status is SweepStatus.Running or SweepStatus.Paused && WallTimeIsUp())
        {
            Take(at => new SweepEvent.WallTimeReached(at));
        }

        if (_wishes > 0 && _time.Happens(0.05))
        {
            _wishes--;
            Wish();
        }
        else if (_wishes == 0 && State.Status is SweepStatus.Paused or SweepStatus.Cancelled)
        {
            Take(at => new SweepEvent.Resumed(at));
        }

        _time.After(5, Turn);
    }

    private bool WallTimeIsUp() => State.Spec.Limits.WallTime is { } limit
        && State.Active + (State.AtWork ? _time.Now - State.LastAt : TimeSpan.Zero) >= limit;

    private void Wish() => Take(_time.Chance.Next(5) switch
    {
        0 => at => new SweepEvent.Paused(at),
        1 => at => new SweepEvent.Cancelled(at),
        2 => at => new SweepEvent.Retried([], at),
        _ => at => new SweepEvent.Resumed(at),
    });
}
