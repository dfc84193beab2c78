using System.Diagnostics.Metrics;

namespace Sweeper.Contracts.Telemetry;

/// <summary>What the pool knows, where it is in this process.</summary>
public static class PoolGauges
{
    private static (long Workers, long Slots)? _known;

    /// <summary>Notes what the pool knows.</summary>
    public static void Set(int workers, int slots) => _known = (workers, slots);

    /// <summary>The pool has left this process.</summary>
    public static void Clear() => _known = null;

    internal static IEnumerable<Measurement<long>> Workers() => _known is { } known ? [new Measurement<long>(known.Workers)] : [];

    internal static IEnumerable<Measurement<long>> Slots() => _known is { } known ? [new Measurement<long>(known.Slots)] : [];
}
