using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Pages;

/// <summary>Everything about a job.</summary>
/// <param name="Sweep">Name of its sweep.</param>
/// <param name="Job">Short name.</param>
/// <param name="Kind">What it does.</param>
/// <param name="State">Where it stands, with how it ended, in a word or two.</param>
/// <param name="Evidence">What its end has to say beyond that; null where nothing.</param>
/// <param name="Trial">The trial; null for a range test.</param>
/// <param name="Cell">The cell that it is of, or tests.</param>
/// <param name="Progress">Where it stands now; null where it does not run.</param>
/// <param name="Curve">Its curves, whole; null before the first point.</param>
/// <param name="Attempts">Attempts, first to last.</param>
/// <param name="Logs">What the silo last logged about it, oldest first; only since the silo started.</param>
/// <param name="TraceId">Identity of its trace, hexadecimal; null where it has none.</param>
/// <param name="TraceLink">Where its trace can be seen; null where the silo was not told.</param>
/// <param name="Score">What stands where accuracies do: accuracy, or R² where numbers are predicted.</param>
public sealed record JobPage(
    string Sweep,
    string Job,
    JobKind Kind,
    string State,
    string? Evidence,
    TrialRecord? Trial,
    CellRecord? Cell,
    JobProgress? Progress,
    JobCurve? Curve,
    ImmutableArray<JobAttempt> Attempts,
    ImmutableArray<JobLogLine> Logs,
    string? TraceId,
    string? TraceLink,
    Metric Score = Metric.Accuracy);

/// <summary>An attempt at a job.</summary>
/// <param name="Number">Number, from 1.</param>
/// <param name="Worker">Key of the worker.</param>
/// <param name="StartedAt">When it was assigned, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null while it has not.</param>
/// <param name="EndedAs">How it ended: an outcome's kind, <c>lost</c> or <c>handed_back</c>; null while it has not.</param>
/// <param name="Reason">Why, where that is worth saying.</param>
/// <param name="TraceId">Identity of the trace, hexadecimal.</param>
/// <param name="SpanId">Identity of its span, hexadecimal.</param>
/// <param name="TraceLink">Where it can be seen; null where the silo was not told.</param>
public sealed record JobAttempt(
    int Number,
    string Worker,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? EndedAs,
    string? Reason,
    string TraceId,
    string SpanId,
    string? TraceLink);

/// <summary>A line of the silo's log about a job.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Level">How grave.</param>
/// <param name="Attempt">Number of the attempt; null where it is not about one.</param>
/// <param name="Text">What.</param>
public sealed record JobLogLine(DateTimeOffset At, LogGravity Level, int? Attempt, string Text);

/// <summary>How grave a line of a log is.</summary>
public enum LogGravity
{
    /// <summary>Of use in mending the program.</summary>
    Debug,

    /// <summary>The ordinary course of things.</summary>
    Information,

    /// <summary>Something that mends itself.</summary>
    Warning,

    /// <summary>Something that does not.</summary>
    Error,
}
