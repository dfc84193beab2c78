using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Telemetry;

/// <summary>Outcomes in one word, as the store, the spans and the measurements have them.</summary>
public static class Outcomes
{
    /// <summary>An attempt that will never report.</summary>
    public const string Lost = "lost";

    /// <summary>An attempt that its worker gave back in good order.</summary>
    public const string HandedBack = "handed_back";

    /// <summary>Type of the error of a lost attempt, and of a job that was given up for it.</summary>
    public const string WorkerLost = "worker_lost";

    /// <summary>A trial that diverged.</summary>
    public const string Diverged = "diverged";

    /// <summary>A job that ran out of memory.</summary>
    public const string OutOfMemory = "out_of_memory";

    /// <summary>Type of the error; null where the outcome is none.</summary>
    public static string? ErrorType(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Diverged => Diverged,
        JobOutcome.OutOfMemory => OutOfMemory,
        JobOutcome.Failed { WorkerLost: true } => WorkerLost,
        JobOutcome.Failed => "failed",
        _ => null,
    };

    /// <summary>Outcomes that jobs of a kind may have in the course of a sweep.</summary>
    public static IReadOnlyList<string> Usual(JobKind kind) => kind == JobKind.Trial
        ? ["trained", Diverged, OutOfMemory, "failed", "stopped", "stopped_early"]
        : ["range_tested", OutOfMemory, "failed", "stopped"];

    /// <summary>A sweep's status in one word.</summary>
    public static string Status(SweepStatus status) => status switch
    {
        SweepStatus.Running => "running",
        SweepStatus.Paused => "paused",
        SweepStatus.Completed => "completed",
        SweepStatus.Cancelled => "cancelled",
        _ => throw new UnreachableException(),
    };

    /// <summary>A kind of job in one word.</summary>
    public static string Kind(JobKind kind) => kind switch
    {
        JobKind.Trial => "trial",
        JobKind.RangeTest => "range_test",
        _ => throw new UnreachableException(),
    };
}
