using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;
using Sweeper.Grains.Workers.Sharing;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>An allocator with sweeps that want, run and end jobs in virtual time.</summary>
internal sealed class SharedPool(SharingRules? rules = null, DeviceTimeLedger? ledger = null)
{
    private readonly SlotAllocator _slots = new(rules, ledger);
    private readonly Dictionary<string, (int Wanted, SharingSpec? Sharing, string? User)> _wishes = [];
    private readonly Dictionary<long, string> _held = [];
    private readonly PriorityQueue<long, DateTimeOffset> _ends = new();
    private readonly Dictionary<string, int> _jobs = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private long _ids;

    /// <summary>Every request to make room so far.</summary>
    public List<(HeldLease Lease, string For)> Yielded { get; } = [];

    public void Announce(params (string Worker, int Slots)[] workers) => _slots.Announce(
        [.. workers.Select(worker => new WorkerAnnouncement(new WorkerStatus(WorkerKey.Parse(worker.Worker), "device", 1, worker.Slots, [], 0), []))], _now);

    public void Announce(string worker, int slots, double gibibytes, params string[] labels) => _slots.Announce(
        [new WorkerAnnouncement(new WorkerStatus(WorkerKey.Parse(worker), "device", (long)(gibibytes * (1L << 30)), slots, [], 0, [.. labels]), [])], _now);

    public void Want(string sweep, int slots, SharingSpec? sharing = null, string? user = null)
    {
        _wishes[sweep] = (slots, sharing, user);
        Tell(sweep, []);
    }

    public ImmutableArray<(string Sweep, SlotLease Lease)> Grant()
    {
        ImmutableArray<(string Sweep, SlotLease Lease)> grants = _slots.Grant(() => ++_ids, _now);
        foreach ((string sweep, SlotLease lease) in grants)
        {
            _held.Add(lease.Id, sweep);
            _wishes[sweep] = _wishes[sweep] with { Wanted = _wishes[sweep].Wanted - 1 };
            _jobs[sweep] = Jobs(sweep) + 1;
        }

        return grants;
    }

    /// <summary>Runs jobs one after the other on every slot until so many have ended.</summary>
    public void Run(int jobs, Func<int, double> seconds) => Run(jobs, (_, number) => seconds(number));

    /// <summary>The same, with times that depend on the sweep.</summary>
    public void Run(int jobs, Func<string, int, double> seconds)
    {
        for (int ended = 0; ended < jobs; ended++)
        {
            foreach ((string sweep, SlotLease lease) in Grant())
            {
                _ends.Enqueue(lease.Id, _now.AddSeconds(seconds(sweep, ended)));
            }

            Yielded.AddRange(Yields());
            _ends.TryDequeue(out long first, out DateTimeOffset at);
            _now = at;
            End(first);
        }
    }

    public void End(long lease)
    {
        _held.Remove(lease, out string? sweep);
        Tell(sweep!, [lease]); // only what was granted ends
    }

    public void EndAll()
    {
        foreach (long lease in _held.Keys.ToArray())
        {
            End(lease);
        }
    }

    public void Pass(double seconds) => _now = _now.AddSeconds(seconds);

    public ImmutableArray<(HeldLease Lease, string For)> Yields() => _slots.Yields(_now);

    public ImmutableArray<SweepShare> Shares() => _slots.Shares(_now);

    public double DeviceSeconds(string sweep) => Shares().Single(share => share.Sweep == sweep).DeviceSeconds;

    public int Held(string sweep) => _held.Values.Count(held => held == sweep);

    public int Jobs(string sweep) => _jobs.GetValueOrDefault(sweep);

    private void Tell(string sweep, ImmutableArray<long> released)
    {
        (int wanted, SharingSpec? sharing, string? user) = _wishes[sweep];
        _slots.Want(sweep, new SlotWish(wanted, released, sharing, user), _now);
    }
}
