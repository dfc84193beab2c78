using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>
/// A device with slots. It may die under its jobs, fall silent and come back, or hand a job back; a job that waits for the slot of another
/// starts when that ends.
/// </summary>
internal sealed class SimulatedWorker(
    WorkerKey key,
    Scenario scenario,
    SimulatedTime time,
    Action<JobTicket> begins,
    Func<Func<DateTimeOffset, SweepEvent>, bool> coordinator,
    Action<JobProgress> progress)
{
    private readonly Dictionary<(JobKey Key, int Attempt), JobTicket> _jobs = [];
    private readonly HashSet<(JobKey Key, int Attempt)> _ended = [];
    private readonly Dictionary<AttemptKey, JobTicket> _waiting = [];
    private readonly HashSet<(JobKey Key, long Prefetch)> _refused = [];
    private readonly HashSet<(JobKey Key, int Attempt)> _untold = [];
    private readonly Dictionary<(JobKey Key, int Attempt), (JobKey Key, int Attempt)> _after = [];

    public WorkerKey Key => key;

    /// <summary>Most jobs that were ever on it at once.</summary>
    public int Most { get; private set; }

    public bool Has(JobKey job, int attempt) => _jobs.ContainsKey((job, attempt)) || _ended.Contains((job, attempt));

    public void Start(JobTicket ticket)
    {
        (JobKey Key, int Attempt) id = (ticket.Key, ticket.Attempt);
        if (_jobs.ContainsKey(id) || _ended.Contains(id))
        {
            return;
        }

        if (ticket.Prefetch != 0)
        {
            bool waits = ticket.After is { } running
                && _jobs.ContainsKey((running.Job, running.Attempt))
                && !_refused.Contains((ticket.Key, ticket.Prefetch))
                && _waiting.TryAdd(running, ticket);
            if (!waits)
            {
                Return(ticket.Key, ticket.Prefetch);
            }

            return;
        }

        if (_jobs.Count >= scenario.Slots)
        {
            Lose(id, "no slot is free", handedBack: true);
            return;
        }

        Begin(ticket);
    }

    /// <summary>A job that waits is called back.</summary>
    public void Withdraw(JobKey job, long prefetch)
    {
        if (_jobs.Values.All(other => other.Key != job || other.Prefetch != prefetch) && _untold.All(id => id.Key != job))
        {
            Return(job, prefetch);
        }
    }

    public void Stop(JobKey job, int attempt, string reason)
    {
        if (_waiting.Values.FirstOrDefault(ticket => (ticket.Key, ticket.Attempt) == (job, attempt)) is { } waiting)
        {
            _waiting.Remove(waiting.After!.Value);
        }

        time.Send(() => End((job, attempt), 0, new JobOutcome.Stopped(reason), 0.1));
    }

    private void Return(JobKey job, long prefetch)
    {
        _refused.Add((job, prefetch));
        foreach (JobTicket waiting in _waiting.Values.Where(ticket => ticket.Key == job && ticket.Prefetch == prefetch).ToArray())
        {
            _waiting.Remove(waiting.After!.Value);
        }

        Tell(at => new SweepEvent.PrefetchReturned(job, prefetch, at));
    }

    private void Begin(JobTicket ticket)
    {
        (JobKey Key, int Attempt) id = (ticket.Key, ticket.Attempt);
        begins(ticket);
        _jobs.Add(id, ticket);
        Most = Math.Max(Most, _jobs.Count);
        double length = 30 + (time.Chance.NextDouble() * 300);
        if (time.Happens(scenario.Loss))
        {
            time.After(length * time.Chance.NextDouble(), () => Vanish(id));
        }
        else if (time.Happens(scenario.HandBack))
        {
            time.After(length * time.Chance.NextDouble(), () =>
            {
                if (_jobs.Remove(id))
                {
                    Refuse(id);
                    Lose(id, "the silo stops", handedBack: true);
                }
            });
        }

        foreach (double fraction in ticket.Spec.Search.StoppingRule.JudgesRunning() ? SimulatedJobs.ReadAt : [])
        {
            time.After(length * fraction, () =>
            {
                if (_jobs.ContainsKey(id) && !IsAheadOfItsNews(id))
                {
                    progress(SimulatedJobs.Progress(ticket, fraction));
                }
            });
        }

        time.After(length, () =>
        {
            (JobOutcome outcome, double epochs) = SimulatedJobs.Run(ticket);
            End(id, ticket.Seed, outcome, epochs, SimulatedJobs.Readings(ticket, outcome));
        });
    }

    private void End(
        (JobKey Key, int Attempt) id, int seed, JobOutcome outcome, double epochs, ImmutableArray<CycleReading>? readings = null)
    {
        if (!_jobs.Remove(id))
        {
            return;
        }

        Assert.True(_ended.Add(id));
        JobTicket? next = outcome is JobOutcome.Failed or JobOutcome.OutOfMemory || _jobs.Count >= scenario.Slots ? null : _waiting.GetValueOrDefault(new AttemptKey(id.Key, id.Attempt));
        Refuse(id);
        Tell(
            at => new SweepEvent.JobEnded(id.Key, id.Attempt, outcome, Outcomes.Run(seed, at, epochs), at, readings, Successor: next?.Prefetch ?? 0),
            id);
        if (next is not null)
        {
            _refused.Remove((next.Key, next.Prefetch));
            _after[(next.Key, next.Attempt)] = id;
            Begin(next);
        }
    }

    /// <summary>What waits for a job's end does not start.</summary>
    private void Refuse((JobKey Key, int Attempt) id)
    {
        if (_waiting.Remove(new AttemptKey(id.Key, id.Attempt), out JobTicket? waiting))
        {
            _refused.Add((waiting.Key, waiting.Prefetch));
        }
    }

    /// <summary>The worker dies, or is only silent: then its job's report comes after the job was given up.</summary>
    private void Vanish((JobKey Key, int Attempt) id)
    {
        if (!_jobs.ContainsKey(id))
        {
            return;
        }

        if (time.Happens(0.5))
        {
            _jobs.Remove(id);
            Refuse(id);
        }

        Lose(id, "its node fell silent", handedBack: false);
    }

    private void Lose((JobKey Key, int Attempt) id, string reason, bool handedBack) =>
        Tell(at => new SweepEvent.JobLost(id.Key, id.Attempt, reason, handedBack, at), id);

    private bool IsAheadOfItsNews((JobKey Key, int Attempt) id) => _after.TryGetValue(id, out var before) && _untold.Contains(before);

    /// <summary>Repeats a message until it was taken, and sometimes once more. That of a job that took over a slot waits for that of the one before it.</summary>
    private void Tell(Func<DateTimeOffset, SweepEvent> message, (JobKey Key, int Attempt)? from = null)
    {
        if (from is { } teller)
        {
            _untold.Add(teller);
        }

        time.Send(() =>
        {
            if ((from is { } id && IsAheadOfItsNews(id)) || !coordinator(message))
            {
                Tell(message, from);
                return;
            }

            if (from is { } told)
            {
                _untold.Remove(told);
            }

            if (time.Happens(scenario.Duplicate))
            {
                time.After(time.Chance.NextDouble() * 1000, () => coordinator(message));
            }
        });
    }
}
