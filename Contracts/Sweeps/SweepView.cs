using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>A sweep at a glance, of bounded size however many trials it has.</summary>
/// <param name="Name">Name of the sweep.</param>
/// <param name="Sequence">Rises with every change; a watcher hands it back to go on without a gap.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusReason">Why, where that is worth saying: a limit, a cancel, an interruption.</param>
/// <param name="Counts">Trials by state.</param>
/// <param name="RangeTests">Range tests by state.</param>
/// <param name="ActiveSeconds">Time at work so far, interruptions not counted, in seconds.</param>
/// <param name="EpochsSpent">Epochs trained so far, range tests included.</param>
/// <param name="SecondsLeft">Estimated time to the end in seconds; null before it can be told.</param>
/// <param name="Cells">Cells with their range tests, the first hundred.</param>
/// <param name="Running">Jobs on workers.</param>
/// <param name="Leaders">The best configurations, at most ten.</param>
/// <param name="Events">The last events, newest last, at most twenty.</param>
/// <param name="SelectBy">Images that rank the leaders.</param>
/// <param name="Objective">Metric that ranks them.</param>
/// <param name="OwnObjective">Name of a metric of the user's own that ranks them; else null.</param>
/// <param name="Score">What stands where accuracies do: accuracy, or R² where numbers are predicted.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepView")]
public sealed record SweepView(
    string Name,
    long Sequence,
    SweepStatus Status,
    string? StatusReason,
    JobCounts Counts,
    JobCounts RangeTests,
    double ActiveSeconds,
    double EpochsSpent,
    double? SecondsLeft,
    ImmutableArray<CellRecord> Cells,
    ImmutableArray<RunningJob> Running,
    ImmutableArray<LeaderboardRow> Leaders,
    ImmutableArray<SweepEventLine> Events,
    SelectionSet SelectBy,
    Metric Objective = Metric.Accuracy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OwnObjective = null,
    Metric Score = Metric.Accuracy)
{
    /// <summary>What ranks them.</summary>
    [JsonIgnore]
    public Ranking Ranking => new(SelectBy, Objective, OwnObjective);

    /// <summary>Whether nothing changes any more: one that was cancelled has ended when its last job has.</summary>
    [JsonIgnore]
    public bool HasEnded => Status == SweepStatus.Completed || (Status == SweepStatus.Cancelled && Counts.Running == 0 && RangeTests.Running == 0);
}

/// <summary>A job on a worker.</summary>
/// <param name="Key">Which job.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Worker">Key of the worker.</param>
/// <param name="Configuration">Point of the space.</param>
/// <param name="Progress">Last progress; null before the first.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.RunningJob")]
public sealed record RunningJob(JobKey Key, int Attempt, string Worker, Configuration Configuration, JobProgress? Progress);

/// <summary>Jobs by state.</summary>
/// <param name="Total">All.</param>
/// <param name="Waiting">Waiting for a range test.</param>
/// <param name="Ready">Ready to start.</param>
/// <param name="Running">On workers.</param>
/// <param name="Completed">Ran to their end.</param>
/// <param name="Diverged">Diverged.</param>
/// <param name="Failed">Failed or out of memory.</param>
/// <param name="Stopped">Stopped on request.</param>
/// <param name="Skipped">Never started.</param>
/// <param name="StoppedEarly">Stopped by a rule of the search.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobCounts")]
public sealed record JobCounts(
    int Total, int Waiting, int Ready, int Running, int Completed, int Diverged, int Failed, int Stopped, int Skipped, int StoppedEarly = 0)
{
    /// <summary>Jobs that will not run any more.</summary>
    [JsonIgnore]
    public int Ended => Completed + Diverged + Failed + Stopped + Skipped + StoppedEarly;
}

/// <summary>Something that happened in a sweep, for a person.</summary>
/// <param name="Sequence">Number of the event within the sweep.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Text">What.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepEventLine")]
public sealed record SweepEventLine(long Sequence, DateTimeOffset At, string Text);

/// <summary>Where a sweep stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SweepStatus>))]
public enum SweepStatus
{
    /// <summary>Jobs run, or wait for slots.</summary>
    Running,

    /// <summary>Running jobs go on, no new one starts.</summary>
    Paused,

    /// <summary>Everything that could run has run, or a limit was reached.</summary>
    Completed,

    /// <summary>Cancelled by a user.</summary>
    Cancelled,
}
