using System.Diagnostics;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Jobs;

/// <summary>Where jobs stand and how they ended, in words, the same wherever a person reads them.</summary>
public static class JobWords
{
    /// <summary>Where a job stands, with how it ended, in a word or two.</summary>
    public static string Of(JobStatus status, JobOutcome? outcome) => outcome switch
    {
        JobOutcome.Trained or JobOutcome.RangeTested or JobOutcome.ResumeChecked => "completed",
        JobOutcome.Diverged => "diverged",
        JobOutcome.OutOfMemory => "out of memory",
        JobOutcome.Failed => "failed",
        JobOutcome.Stopped => "stopped",
        JobOutcome.StoppedEarly => "stopped early",
        null => status switch
        {
            JobStatus.Waiting => "waiting",
            JobStatus.Ready => "ready",
            JobStatus.Running => "running",
            JobStatus.Done => "done",
            JobStatus.Skipped => "skipped",
            _ => throw new UnreachableException(),
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>What an outcome has to say beyond its kind; null where nothing.</summary>
    public static string? Evidence(JobOutcome? outcome) => outcome switch
    {
        JobOutcome.Diverged diverged => diverged.Evidence,
        JobOutcome.OutOfMemory memory => memory.Evidence,
        JobOutcome.Failed failed => failed.Error,
        JobOutcome.Stopped stopped => stopped.Reason,
        JobOutcome.StoppedEarly early => $"{early.Evidence.Rule}: {early.Evidence.Text}",
        JobOutcome.Trained { Audit: { } audit } => $"{audit.Rule} would have stopped it ({audit.Text}); it ran on as an audit",
        JobOutcome.RangeTested tested => tested.Findings.Evidence,
        _ => null,
    };

    /// <summary>Verdict of a range test.</summary>
    public static string Of(RangeTestVerdict verdict) => verdict switch
    {
        RangeTestVerdict.Possible => "possible",
        RangeTestVerdict.NotPossible => "not possible",
        RangeTestVerdict.Inconclusive => "inconclusive",
        _ => throw new UnreachableException(),
    };
}
