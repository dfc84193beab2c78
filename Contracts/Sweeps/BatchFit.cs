using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Contracts.Sweeps;

/// <summary>The largest batch that a device can train a spec with, found by trying powers of two in turn.</summary>
/// <param name="Largest">Images; 0: not even the smallest batch that was tried can be trained.</param>
/// <param name="Bound">What stands against the next larger one.</param>
/// <param name="Tries">What was tried, in that order.</param>
/// <param name="Device">Device in words.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.BatchFit")]
public sealed record BatchFit(int Largest, string Bound, ImmutableArray<BatchTry> Tries, string Device)
{
    /// <summary>Share of the greatest images per second from which on a larger batch gains next to nothing.</summary>
    private const double NearlyAll = 0.95;

    /// <summary>The finding in a line, for the log and for <c>show</c>.</summary>
    public string Words()
    {
        BatchTry[] trained = [.. Tries.Where(one => one.Trouble is null)];
        double best = trained.Length == 0 ? 0 : trained.Max(one => one.ImagesPerSecond);
        string speed = trained.Where(one => one.ImagesPerSecond >= NearlyAll * best).MinBy(one => one.BatchSize) is { } enough && enough.BatchSize < Largest
            ? string.Create(CultureInfo.InvariantCulture, $"; {enough.BatchSize} trains as many images per second ({enough.ImagesPerSecond:N0}) as any, to within 5%")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"largest batch on {Device}: {Largest} ({Bound}){speed}");
    }
}

/// <summary>A few training steps at one batch size.</summary>
/// <param name="BatchSize">Images per step.</param>
/// <param name="ImagesPerSecond">Speed, one job alone on the device; 0 where it failed.</param>
/// <param name="Bytes">Memory that it took of the machine; null: not known.</param>
/// <param name="Trouble">Why it could not be trained, such as the device's words for a lack of memory; null: it could.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.BatchTry")]
public sealed record BatchTry(int BatchSize, double ImagesPerSecond, long? Bytes, string? Trouble);
