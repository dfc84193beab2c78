using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>A device with slots. It may die under its jobs, fall silent and come back, or hand a job back.</summary>
internal sealed class SimulatedWorker(
    WorkerKey key, Scenario scenario, SimulatedTime time, Func<Func<DateTimeOffset, SweepEvent>, bool> coordinator, Action<JobProgress> progress)
{
    private readonly HashSet<(JobKey Key, int Attempt)> _jobs = [];
    private readonly HashSet<(JobKey Key, int Attempt)> _ended = [];

    public WorkerKey Key => key;

    /// <summary>Most jobs that were ever on it at once.</summary>
    public int Most { get; private set; }

    public bool Has(JobKey job, int attempt) => _jobs.Contains((job, attempt)) || _ended.Contains((job, attempt));

    public void Start(JobTicket ticket)
    {
        (JobKey Key, int Attempt) id = (ticket.Key, ticket.Attempt);
        if (_jobs.Contains(id) || _ended.Contains(id))
        {
            return;
        }

        if (_jobs.Count >= scenario.Slots)
        {
            Lose(id, "no slot is free", handedBack: true);
            return;
        }

        _jobs.Add(id);
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
                    Lose(id, "the silo stops", handedBack: true);
                }
            });
        }

        foreach (double fraction in ticket.Spec.Search.StoppingRule.JudgesRunning() ? SimulatedJobs.ReadAt : [])
        {
            time.After(length * fraction, () =>
            {
                if (_jobs.Contains(id))
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

    public void Stop(JobKey job, int attempt, string reason) =>
        time.Send(() => End((job, attempt), 0, new JobOutcome.Stopped(reason), 0.1));

    private void End(
        (JobKey Key, int Attempt) id, int seed, JobOutcome outcome, double epochs, ImmutableArray<CycleReading>? readings = null)
    {
        if (!_jobs.Remove(id))
        {
            return;
        }

        Assert.True(_ended.Add(id));
        Tell(at => new SweepEvent.JobEnded(id.Key, id.Attempt, outcome, Outcomes.Run(seed, at, epochs), at, readings));
    }

    /// <summary>The worker dies, or is only silent: then its job's report comes after the job was given up.</summary>
    private void Vanish((JobKey Key, int Attempt) id)
    {
        if (!_jobs.Contains(id))
        {
            return;
        }

        if (time.Happens(0.5))
        {
            _jobs.Remove(id);
        }

        Lose(id, "its node fell silent", handedBack: false);
    }

    private void Lose((JobKey Key, int Attempt) id, string reason, bool handedBack) =>
        Tell(at => new SweepEvent.JobLost(id.Key, id.Attempt, reason, handedBack, at));

    /// <summary>Repeats a message until it was taken, and sometimes once more.</summary>
    private void Tell(Func<DateTimeOffset, SweepEvent> message) => time.Send(() =>
    {
        if (!coordinator(message))
        {
            Tell(message);
        }
        else if (time.Happens(scenario.Duplicate))
        {
            time.After(time.Chance.NextDouble() * 1000, () => coordinator(message));
        }
    });
}
