using System.Collections.Immutable;
using Orleans.Concurrency;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>Coordinator of one sweep; the key is the sweep's name. What a user may ask of it.</summary>
[Alias("Sweeper.ISweepGrain")]
public interface ISweepGrain : IGrainWithStringKey
{
    /// <summary>Creates the sweep, or goes on with it where it exists with the same spec.</summary>
    /// <param name="spec">What to do; its name is this grain's key.</param>
    /// <param name="generation">What it is a further generation of; null: of nothing.</param>
    /// <param name="by">Who submits it, for quotas and the log; null where nobody says.</param>
    /// <returns>Whether it was accepted, and if not, every reason. Answers late where the data must be downloaded first.</returns>
    [Alias("Submit"), Audited("submit"), ResponseTimeout("00:30:00")]
    Task<SubmitResult> SubmitAsync(SweepSpec spec, SweepGeneration? generation = null, string? by = null);

    /// <summary>The sweep at a glance.</summary>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("Get"), AlwaysInterleave]
    Task<SweepView> GetAsync();

    /// <summary>Views as the sweep changes, the present one first, until it has ended.</summary>
    /// <param name="stop">Ends the stream.</param>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("Watch"), AlwaysInterleave]
    IAsyncEnumerable<SweepView> WatchAsync(CancellationToken stop = default);

    /// <summary>What happened after an event, oldest first: what a watcher has missed. The last thousand lines are kept.</summary>
    /// <param name="sequence">Number of the last event that the watcher knows.</param>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("GetEventsAfter"), AlwaysInterleave]
    Task<ImmutableArray<SweepEventLine>> GetEventsAfterAsync(long sequence);

    /// <summary>What changed since a watcher last asked; waits for a change where there is none.</summary>
    /// <param name="mark">Mark of the last answer; null: everything is wanted.</param>
    /// <param name="wholeCurves">Whether curves of running jobs are wanted from their first point.</param>
    /// <param name="wait">Longest time to wait for a change; at most a few seconds less than a call may take.</param>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep, or it was deleted meanwhile.</exception>
    [Alias("GetChanges"), AlwaysInterleave]
    Task<SweepChanges> GetChangesAsync(string? mark, bool wholeCurves, TimeSpan wait);

    /// <summary>Every trial.</summary>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("GetTrials"), AlwaysInterleave]
    Task<ImmutableArray<TrialRecord>> GetTrialsAsync();

    /// <summary>Whether the coordinator works on the sweep: false for one that was interrupted and not taken up again.</summary>
    [Alias("IsAtWork"), AlwaysInterleave]
    Task<bool> IsAtWorkAsync();

    /// <summary>Lets running jobs end and starts no new one.</summary>
    [Alias("Pause"), Audited("pause")]
    Task<ControlResult> PauseAsync();

    /// <summary>Goes on after a pause, an interruption or a cancel.</summary>
    [Alias("Resume"), Audited("resume")]
    Task<ControlResult> ResumeAsync();

    /// <summary>Stops running jobs and starts no new one.</summary>
    [Alias("Cancel"), Audited("cancel")]
    Task<ControlResult> CancelAsync();

    /// <summary>Puts failed jobs back into the queue.</summary>
    /// <param name="jobs">Short names (<c>T-0012</c>); empty: every job that failed, ran out of memory or was stopped.</param>
    [Alias("Retry"), Audited("retry")]
    Task<ControlResult> RetryAsync(ImmutableArray<string> jobs);

    /// <summary>Sets the limits of a sweep on its way. Wider ones put back what only a limit kept from running.</summary>
    /// <param name="limits">All of them.</param>
    /// <param name="by">Who, for the log.</param>
    /// <param name="sharing">How it shares the devices from now on; null: as before.</param>
    [Alias("SetLimits"), Audited("set")]
    Task<ControlResult> SetLimitsAsync(LimitsSpec limits, string by, SharingSpec? sharing = null);

    /// <summary>More of the same search; one that was completed goes on.</summary>
    /// <param name="trials">Further configurations; at least 0.</param>
    /// <param name="seeds">Further seeds of each configuration; at least 0.</param>
    /// <param name="by">Who, for the log.</param>
    [Alias("Extend"), Audited("extend")]
    Task<ControlResult> ExtendAsync(int trials, int seeds, string by);

    /// <summary>Puts a configuration in front of the queue.</summary>
    /// <param name="configuration">Point; need not lie in the space.</param>
    /// <param name="seeds">Trials of it, each with a seed of its own; at least 1.</param>
    /// <param name="by">Who, for the log.</param>
    [Alias("Enqueue"), Audited("enqueue")]
    Task<ControlResult> EnqueueAsync(Configuration configuration, int seeds, string by);

    /// <summary>Removes the sweep with its results and checkpoints.</summary>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("Delete"), Audited("delete")]
    Task<ControlResult> DeleteAsync();
}

/// <summary>Answer to a submitted spec.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Problems">Every reason for a refusal; empty otherwise.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SubmitResult")]
public sealed record SubmitResult(SubmitStatus Status, ImmutableArray<SpecProblem> Problems);

/// <summary>What became of a submitted spec.</summary>
public enum SubmitStatus
{
    /// <summary>A new sweep.</summary>
    Created,

    /// <summary>The sweep existed with the same spec and goes on.</summary>
    Continued,

    /// <summary>The sweep existed with the same spec and has already ended.</summary>
    AlreadyEnded,

    /// <summary>Nothing was stored.</summary>
    Refused,
}

/// <summary>Answer to a request to change a sweep's course.</summary>
/// <param name="Done">Whether anything changed.</param>
/// <param name="Message">What changed, or why nothing did.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ControlResult")]
public sealed record ControlResult(bool Done, string Message);
