using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;
using Sweeper.Grains.Workers.Sharing;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>A sweep of the simulation.</summary>
/// <param name="Name">Name.</param>
/// <param name="Trials">Trials that it has to run.</param>
/// <param name="Seconds">Device time of a trial, in seconds.</param>
/// <param name="Sharing">How it shares.</param>
/// <param name="User">Who submitted it.</param>
/// <param name="ComesAt">When it is submitted, in seconds.</param>
internal sealed record SimulatedSweep(string Name, int Trials, double Seconds, SharingSpec Sharing, string User, double ComesAt = 0);

/// <summary>What a simulation came to.</summary>
/// <param name="Ended">Trials that ended, by sweep.</param>
/// <param name="LongestWait">Longest time that a sweep wanted slots, could have some and had none, in seconds.</param>
/// <param name="Seconds">Virtual time, in seconds.</param>
/// <param name="Lost">Attempts that nodes took with them.</param>
/// <param name="Yielded">Attempts that made room.</param>
/// <param name="MostHeld">Most slots that a user held at once.</param>
/// <param name="Doubled">Slots that were leased twice at a time; none, or the allocator is wrong.</param>
/// <param name="Busy">Share of the devices' time that was leased while jobs were queued that may start alone.</param>
internal sealed record SimulationResult(
    ImmutableDictionary<string, int> Ended,
    double LongestWait,
    double Seconds,
    int Lost,
    int Yielded,
    ImmutableDictionary<string, int> MostHeld,
    int Doubled,
    double Busy);

/// <summary>The allocator with many sweeps, workers that die and come back, in virtual time. Trials that are lost start anew; those that make room go on.</summary>
internal sealed class SharingSimulation(int seed, int nodes, int slots, ImmutableArray<SimulatedSweep> sweeps, SharingRules? rules = null)
{
    /// <summary>Mean time between two deaths of a node, and the time that it is away, in seconds.</summary>
    private const double BetweenDeaths = 20_000, Away = 120;

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly Random _random = new(seed);
    private readonly SlotAllocator _allocator = new(rules);
    private readonly PriorityQueue<Action, double> _events = new();
    private readonly Dictionary<string, Sweep> _sweeps = [];
    private readonly Dictionary<long, Job> _jobs = [];
    private readonly Dictionary<string, int> _users = [];
    private readonly Dictionary<string, int> _mostHeld = [];
    private readonly Dictionary<WorkerKey, int> _taken = [];
    private readonly HashSet<string> _alive = [];
    private double _now;
    private long _ids;
    private int _lost;
    private int _yielded;
    private int _doubled;
    private double _longestWait;
    private double _busy;
    private double _queued;

    /// <summary>Runs until everything has ended.</summary>
    public SimulationResult Run()
    {
        for (int node = 0; node < nodes; node++)
        {
            string name = $"n{node:000}";
            Return(name);
            At(_random.NextDouble() * BetweenDeaths, () => Die(name));
        }

        foreach (SimulatedSweep plan in sweeps)
        {
            At(plan.ComesAt, () =>
            {
                _sweeps.Add(plan.Name, new Sweep(plan) { WaitingSince = _now });
                Tell(plan.Name, []);
            });
        }

        while (_sweeps.Count < sweeps.Length || _sweeps.Values.Any(sweep => sweep.Ended < sweep.Plan.Trials))
        {
            double before = _now;
            _events.TryDequeue(out Action? act, out double at);
            if (_sweeps.Values.Any(sweep => sweep.Queued.Count > 0 && sweep.Plan.Sharing.Together is null))
            {
                _queued += at - before;
                _busy += (at - before) * _jobs.Count / Math.Max(1, _alive.Count * slots);
            }

            _now = at;
            act!();
            Grant();
        }

        return new SimulationResult(
            _sweeps.ToImmutableDictionary(sweep => sweep.Key, sweep => sweep.Value.Ended),
            _longestWait,
            _now,
            _lost,
            _yielded,
            _mostHeld.ToImmutableDictionary(),
            _doubled,
            _queued > 0 ? _busy / _queued : 1);
    }

    private DateTimeOffset Time => Start.AddSeconds(_now);

    private void At(double seconds, Action act) => _events.Enqueue(act, seconds);

    private void Return(string node)
    {
        _alive.Add(node);
        _allocator.Announce([new WorkerAnnouncement(new WorkerStatus(new WorkerKey(node, "cuda:0"), "device", 1, slots, [], 0), [])], Time);
    }

    private void Die(string node)
    {
        _alive.Remove(node);
        foreach (HeldLease lease in _allocator.Forget(node, Time))
        {
            _lost++;
            End(lease.Id, left: sweepOf => sweepOf.Plan.Seconds, released: false);
        }

        At(_now + Away, () => Return(node));
        At(_now + Away + _random.NextDouble() * 2 * BetweenDeaths, () => Die(node));
    }

    private void Grant()
    {
        foreach ((string name, SlotLease lease) in _allocator.Grant(() => ++_ids, Time))
        {
            Sweep sweep = _sweeps[name];
            _longestWait = Math.Max(_longestWait, sweep.WaitingSince is { } since ? _now - since : 0);
            sweep.WaitingSince = null;
            sweep.Held++;
            var job = new Job(name, lease.Worker, _now, sweep.Queued.Dequeue());
            _jobs.Add(lease.Id, job);
            _taken[lease.Worker] = _taken.GetValueOrDefault(lease.Worker) + 1;
            _doubled += _taken[lease.Worker] > slots ? 1 : 0;
            string user = sweep.Plan.User;
            _users[user] = _users.GetValueOrDefault(user) + 1;
            _mostHeld[user] = Math.Max(_mostHeld.GetValueOrDefault(user), _users[user]);
            At(_now + job.Seconds, () => End(lease.Id, left: _ => 0));
        }

        foreach ((HeldLease lease, _) in _allocator.Yields(Time))
        {
            At(_now + 1, () =>
            {
                if (_jobs.TryGetValue(lease.Id, out Job? job))
                {
                    _yielded++;
                    End(lease.Id, left: _ => job.Seconds - (_now - job.Since));
                }
            });
        }
    }

    private void End(long lease, Func<Sweep, double> left, bool released = true)
    {
        if (!_jobs.Remove(lease, out Job? job))
        {
            return; // it was lost, or made room
        }

        Sweep sweep = _sweeps[job.Sweep];
        sweep.Held--;
        _taken[job.Worker]--;
        _users[sweep.Plan.User]--;
        if (left(sweep) is > 0 and var seconds)
        {
            sweep.Queued.Enqueue(seconds);
        }
        else
        {
            sweep.Ended++;
        }

        if (sweep.Held == 0 && sweep.Queued.Count > 0)
        {
            sweep.WaitingSince = _now;
        }

        Tell(job.Sweep, released ? [lease] : []);
    }

    private void Tell(string name, ImmutableArray<long> released)
    {
        Sweep sweep = _sweeps[name];
        _allocator.Want(name, new SlotWish(sweep.Queued.Count, released, sweep.Plan.Sharing, sweep.Plan.User), Time);
    }

    private sealed record Job(string Sweep, WorkerKey Worker, double Since, double Seconds);

    private sealed class Sweep(SimulatedSweep plan)
    {
        public SimulatedSweep Plan { get; } = plan;

        public Queue<double> Queued { get; } = new(Enumerable.Repeat(plan.Seconds, plan.Trials));

        public int Held { get; set; }

        public int Ended { get; set; }

        public double? WaitingSince { get; set; }
    }
}
