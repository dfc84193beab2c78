using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Prediction;

/// <summary>From the times of single jobs to that of a sweep. Pure.</summary>
internal static class TimePredictor
{
    /// <summary>Fewest times that say something of how much they vary.</summary>
    private const int FewestRatios = 5;

    /// <summary>Share of the times that is left out at either end of the interval.</summary>
    private const double Tail = 0.1;

    /// <summary>Jobs beyond which they are no longer dealt out one by one: then the last ones do not matter.</summary>
    private const int MostDealtOut = 100_000;

    /// <summary>Time of a spec's jobs.</summary>
    /// <param name="spec">Spec.</param>
    /// <param name="jobs">Its jobs.</param>
    /// <param name="times">How long they take.</param>
    /// <param name="slots">Jobs at once; at least 1.</param>
    /// <param name="slotsOfDevice">Of them on each device; at least 1.</param>
    /// <param name="device">Device in words.</param>
    public static TimePrediction Of(SweepSpec spec, ImmutableArray<PlannedJob> jobs, IJobTimes times, int slots, int slotsOfDevice, string device)
    {
        int atOnce = Math.Min(slots, spec.Limits.MaxParallel ?? int.MaxValue);
        Dictionary<PlannedJob, double?> each = [];
        foreach (PlannedJob job in jobs.Select(Alike).Distinct())
        {
            each[job] = times.Of(job);
        }

        bool atMost = spec.Search.Strategy == SearchStrategy.SuperConvergence
            || spec.Search.StoppingRule != StoppingRule.None || spec.Limits.Epochs is not null || spec.Data.TrainSizes is not null; // each size counts as all images
        if (jobs.IsEmpty || each.Values.Any(seconds => seconds is null))
        {
            return new TimePrediction(null, null, null, atOnce, device, atMost, null, times.Basis);
        }

        double seconds = Makespan(jobs, job => each[Alike(job)] ?? 0, atOnce); // none is null
        double whole = jobs.Sum(job => each[Alike(job)] ?? 0) / slotsOfDevice;
        ImmutableArray<double> ratios = times.Ratios;
        bool varied = ratios.Length >= FewestRatios;
        double limit = spec.Limits.WallTime?.TotalSeconds ?? double.PositiveInfinity;
        string basis = seconds > limit ? $"{times.Basis}; limits.wall_time ends it" : times.Basis;
        return new TimePrediction(
            Math.Min(seconds, limit),
            varied ? Math.Min(seconds * ratios[(int)(ratios.Length * Tail)], limit) : null,
            varied ? Math.Min(seconds * ratios[^(1 + (int)(ratios.Length * Tail))], limit) : null,
            atOnce,
            device,
            atMost,
            Math.Min(whole, limit * atOnce / slotsOfDevice),
            basis);
    }

    /// <summary>A job without its cell: time does not depend on it.</summary>
    private static PlannedJob Alike(PlannedJob job) => job with { Cell = null };

    /// <summary>Time until the last job has ended, each taken by the slot that is free first; a trial waits for the range test that bounds its rate.</summary>
    private static double Makespan(ImmutableArray<PlannedJob> jobs, Func<PlannedJob, double> time, int slots)
    {
        if (jobs.Length > MostDealtOut)
        {
            return jobs.Sum(time) / slots;
        }

        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), Math.Min(slots, jobs.Length)));
        Dictionary<int, double> tested = [];
        double first = 0;
        double last = 0;
        foreach (PlannedJob job in jobs)
        {
            bool test = job is { Kind: JobKind.RangeTest, Cell: not null };
            double bounded = test ? 0 : job.Cell is { } cell && tested.TryGetValue(cell, out double known) ? known : first;
            double end = Math.Max(free.Dequeue(), bounded) + time(job);
            if (test)
            {
                tested[job.Cell!.Value] = end; // a test has a cell
                first = tested.Count == 1 ? end : Math.Min(first, end);
            }

            free.Enqueue(end, end);
            last = Math.Max(last, end);
        }

        return last;
    }
}
