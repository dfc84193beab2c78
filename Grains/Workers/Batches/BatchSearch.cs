using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Workers.Batches;

/// <summary>
/// Looks for the largest batch: doubles it until memory or a bound ends that. A lack of memory is an outcome. Where memory is
/// the machine's, the next try is made only if it should fit: a process that takes all of it is killed, not told.
/// </summary>
/// <param name="attempt">Trains a few steps at a batch size.</param>
/// <param name="most">Largest batch that makes sense, and why.</param>
/// <param name="slots">Jobs that share the device; at least 1.</param>
/// <param name="memory">Bytes that all of them may take; null: the device says by itself when it is full.</param>
internal sealed class BatchSearch(Func<int, BatchTry> attempt, (int Batch, string Why) most, int slots, long? memory)
{
    /// <summary>First batch that is tried.</summary>
    private const int First = 32;

    /// <summary>Searches.</summary>
    /// <param name="device">Device in words.</param>
    public BatchFit Run(string device)
    {
        var tries = ImmutableArray.CreateBuilder<BatchTry>();
        int largest = 0;
        int batch = 1 << int.Log2(Math.Min(First, most.Batch));
        string bound = most.Why;
        while (batch >= 1 && batch <= most.Batch)
        {
            if (Projected(tries, batch) is { } bytes && bytes * slots > memory)
            {
                bound = string.Create(
                    CultureInfo.InvariantCulture, $"{batch} would take about {Size(bytes)}{Each()} of {Size(memory.Value)} that are free");
                break;
            }

            BatchTry one = attempt(batch);
            tries.Add(one);
            if (one.Trouble is null && !(one.Bytes * slots > memory))
            {
                largest = batch;
                batch *= 2;
                if (tries.Any(earlier => earlier.BatchSize == batch))
                {
                    break; // it came down from there
                }

                continue;
            }

            bound = one.Trouble is { } trouble
                ? string.Create(CultureInfo.InvariantCulture, $"{batch} ran out of memory: {trouble}")
                : string.Create(CultureInfo.InvariantCulture, $"{batch} took {Size(one.Bytes!.Value)}{Each()} of {Size(memory!.Value)} that are free");
            if (largest > 0)
            {
                break;
            }

            batch /= 2; // not even the first one: down
        }

        return Shared(new BatchFit(largest, bound, tries.DrainToImmutable(), device));
    }

    /// <summary>
    /// A device that says by itself when it is full was tried with one job: with several slots each has so many times less, because
    /// what a job takes grows with its batch.
    /// </summary>
    private BatchFit Shared(BatchFit fit)
    {
        int share = Math.Max(1, fit.Largest >> (slots == 1 ? 0 : int.Log2(slots - 1) + 1));
        return memory is not null || fit.Largest == 0 || slots == 1 || !fit.Tries.Any(one => one.Trouble is not null) ? fit : fit with
        {
            Largest = share,
            Bound = string.Create(CultureInfo.InvariantCulture, $"{fit.Largest} for one job, shared by {slots} slots; {fit.Bound}"),
        };
    }

    /// <summary>What the next batch should take: the last one doubled, which is too much by what does not grow with the batch.</summary>
    private static long? Projected(ImmutableArray<BatchTry>.Builder tries, int batch) =>
        tries.Count > 0 && tries[^1] is { Bytes: { } bytes } last && batch > last.BatchSize ? bytes * 2 : null;

    private string Each() => slots == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" in each of {slots} slots");

    private static string Size(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB");
}
