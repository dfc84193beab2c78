using System.Collections.Immutable;

namespace Sweeper.Contracts.Sweeps;

/// <summary>The attempts at a job.</summary>
/// <param name="TraceId">Identity of the trace that they belong to, hexadecimal.</param>
/// <param name="Attempts">Attempts, first to last; empty before the first.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobHistory")]
public sealed record JobHistory(string TraceId, ImmutableArray<PastAttempt> Attempts);

/// <summary>One attempt at a job.</summary>
/// <param name="Number">Number of the attempt, from 1.</param>
/// <param name="Worker">Key of the worker.</param>
/// <param name="StartedAt">When it was assigned, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null while it has not.</param>
/// <param name="EndedAs">How it ended: an outcome's kind, <c>lost</c> or <c>handed_back</c>; null while it has not.</param>
/// <param name="Reason">Why, where that is worth saying.</param>
/// <param name="SpanId">Identity of its span in the trace, hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.PastAttempt")]
public sealed record PastAttempt(
    int Number, string Worker, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? EndedAs, string? Reason, string SpanId);
