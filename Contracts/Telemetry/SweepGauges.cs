using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Telemetry;

/// <summary>Where the sweeps stand that the coordinators of this process have in hand.</summary>
public static class SweepGauges
{
    private static readonly ConcurrentDictionary<string, SweepStanding> InHand = [];

    /// <summary>Notes where a sweep stands.</summary>
    public static void Set(string sweep, SweepStanding standing) => InHand[sweep] = standing;

    /// <summary>A sweep has ended, or another process has it in hand.</summary>
    public static void Remove(string sweep) => InHand.TryRemove(sweep, out _);

    /// <summary>Why a slot of this process has nothing to do.</summary>
    /// <param name="draining">Whether its node takes no more jobs.</param>
    public static string IdleReason(bool draining)
    {
        if (draining)
        {
            return "draining";
        }

        var open = InHand.Values.ToList();
        var running = open.Where(sweep => sweep.Status == SweepStatus.Running).ToList();
        return running.Exists(sweep => sweep.SlotsWanted > 0) ? "handover"
            : running.Exists(sweep => sweep.Trials.Ready + sweep.RangeTests.Ready > 0) ? "limited"
            : running.Exists(sweep => sweep.Trials.Waiting > 0) ? "range_tests"
            : open.Exists(sweep => sweep.Status == SweepStatus.Paused) ? "paused"
            : "no_work";
    }

    internal static IEnumerable<Measurement<long>> Sweeps() => InHand.Values
        .GroupBy(sweep => sweep.Status)
        .Select(status => new Measurement<long>(status.Count(), new KeyValuePair<string, object?>(Attributes.SweepStatus, Outcomes.Status(status.Key))));

    internal static IEnumerable<Measurement<long>> Jobs() => InHand.SelectMany(sweep => (Measurement<long>[])
    [
        .. Of(sweep.Key, "trial", sweep.Value.Trials),
        .. Of(sweep.Key, "range_test", sweep.Value.RangeTests),
    ]);

    internal static IEnumerable<Measurement<double>> Best() => InHand
        .Where(sweep => sweep.Value.Best is not null)
        .Select(sweep => new Measurement<double>(sweep.Value.Best!.Value, new KeyValuePair<string, object?>(Attributes.Sweep, sweep.Key))); // those that have one

    private static IEnumerable<Measurement<long>> Of(string sweep, string kind, JobCounts counts) =>
    [
        Count(sweep, kind, "waiting", counts.Waiting),
        Count(sweep, kind, "ready", counts.Ready),
        Count(sweep, kind, "running", counts.Running),
    ];

    private static Measurement<long> Count(string sweep, string kind, string state, int count) => new(
        count,
        new KeyValuePair<string, object?>(Attributes.Sweep, sweep),
        new KeyValuePair<string, object?>(Attributes.JobKind, kind),
        new KeyValuePair<string, object?>(Attributes.JobState, state));
}

/// <summary>Where a sweep stands.</summary>
/// <param name="Status">Status.</param>
/// <param name="Trials">Trials by state.</param>
/// <param name="RangeTests">Range tests by state.</param>
/// <param name="SlotsWanted">Slots that it could use now.</param>
/// <param name="Best">Best mean accuracy so far; null before the first.</param>
public sealed record SweepStanding(SweepStatus Status, JobCounts Trials, JobCounts RangeTests, int SlotsWanted, double? Best);
