using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Workers;

/// <summary>What a sweep wants of the pool.</summary>
/// <param name="Slots">How many more slots it could use now.</param>
/// <param name="Released">Leases that it gives back.</param>
/// <param name="Sharing">How it shares; null: as an equal among equals.</param>
/// <param name="User">Who submitted it, for quotas; null where nobody said.</param>
/// <param name="Prefetches">Whether it holds slots that it keeps for its next jobs; see <see cref="SlotLease.Prefetch"/>.</param>
/// <param name="Prefetched">Jobs that wait behind others and could start at once in slots of their own.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SlotWish")]
public sealed record SlotWish(
    int Slots, ImmutableArray<long> Released, SharingSpec? Sharing = null, string? User = null, bool Prefetches = false, int Prefetched = 0);

/// <summary>What a sweep has of the devices.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="User">Who submitted it; null where nobody said.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Held">Slots that it holds.</param>
/// <param name="Wanted">Further slots that it could use, for jobs that wait behind others included.</param>
/// <param name="DeviceSeconds">Device time that it had since the pool knows of it; a slot counts as its part of the device.</param>
/// <param name="WaitsFor">Why it gets nothing now although it wants more; null where it does or wants nothing.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepShare")]
public sealed record SweepShare(
    string Sweep, string? User, int Priority, double Weight, int Held, int Wanted, double DeviceSeconds, string? WaitsFor);
