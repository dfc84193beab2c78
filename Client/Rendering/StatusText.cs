using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>States and outcomes in words.</summary>
internal static class StatusText
{
    /// <summary>State of a sweep.</summary>
    public static string Of(SweepStatus status) => status switch
    {
        SweepStatus.Running => "running",
        SweepStatus.Paused => "paused",
        SweepStatus.Completed => "completed",
        SweepStatus.Cancelled => "cancelled",
        _ => throw new UnreachableException(),
    };

    /// <summary>State of a stored sweep, coloured: one that is to run and that nobody works on is interrupted.</summary>
    public static string Markup(SweepSummary sweep) => sweep.Interrupted ? "[yellow]interrupted[/]" : Markup(sweep.Status);

    /// <summary>State of a sweep, coloured.</summary>
    public static string Markup(SweepStatus status) => $"[{Color(status)}]{Of(status)}[/]";

    /// <summary>Trials by state, those that there are: <c>trials 3/12 · 2 running · 1 diverged</c>.</summary>
    public static string Counts(JobCounts counts) => $"trials {string.Join(" · ", Parts(counts))}";

    /// <summary>Jobs by state, those that there are: <c>3/12</c>, <c>2 running</c>, <c>1 diverged</c>.</summary>
    public static string[] Parts(JobCounts counts)
    {
        (int Number, string Name)[] states =
        [
            (counts.Running, "running"), (counts.Diverged, "diverged"), (counts.Failed, "failed"),
            (counts.StoppedEarly, "stopped early"), (counts.Stopped, "stopped"), (counts.Skipped, "skipped"),
        ];
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"{counts.Ended}/{counts.Total}"),
            .. states.Where(state => state.Number > 0).Select(state => string.Create(CultureInfo.InvariantCulture, $"{state.Number} {state.Name}")),
        ];
    }

    /// <summary>Where a job stands, with how it ended, in a word or two.</summary>
    public static string Of(JobStatus status, JobOutcome? outcome) => JobWords.Of(status, outcome);

    /// <summary>What an outcome has to say beyond its kind; null where nothing.</summary>
    public static string? Evidence(JobOutcome? outcome) => JobWords.Evidence(outcome);

    /// <summary>Verdict of a range test.</summary>
    public static string Of(RangeTestVerdict verdict) => JobWords.Of(verdict);

    /// <summary>Verdict of a range test, coloured.</summary>
    public static string Markup(RangeTestVerdict verdict) => $"[{Color(verdict)}]{Of(verdict)}[/]";

    private static string Color(SweepStatus status) => status switch
    {
        SweepStatus.Running => "blue",
        SweepStatus.Paused => "yellow",
        SweepStatus.Completed => "green",
        SweepStatus.Cancelled => "red",
        _ => throw new UnreachableException(),
    };

    private static string Color(RangeTestVerdict verdict) => verdict switch
    {
        RangeTestVerdict.Possible => "green",
        RangeTestVerdict.NotPossible => "red",
        RangeTestVerdict.Inconclusive => "yellow",
        _ => throw new UnreachableException(),
    };
}
