using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>What changed in a sweep since a watcher last asked, or all of it.</summary>
/// <param name="Mark">What the watcher hands back the next time.</param>
/// <param name="Whole">Whether this is everything: the watcher had no mark, or one of another coordinator.</param>
/// <param name="AtWork">Whether the coordinator works on the sweep.</param>
/// <param name="CreatedAt">When it was submitted, UTC.</param>
/// <param name="TraceId">Identity of the trace of the sweep, hexadecimal; null before it was submitted.</param>
/// <param name="Spec">What is to be done: what was asked, with what users changed since.</param>
/// <param name="View">The sweep at a glance.</param>
/// <param name="Cells">Cells that changed, in order of their numbers.</param>
/// <param name="Trials">Trials that changed, in order of their numbers.</param>
/// <param name="Curves">New points of running jobs; of a job that started since, all.</param>
/// <param name="SubmittedBy">Who submitted it; null where nobody said.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepChanges")]
public sealed record SweepChanges(
    string Mark,
    bool Whole,
    bool AtWork,
    DateTimeOffset CreatedAt,
    string? TraceId,
    SweepSpec Spec,
    SweepView View,
    ImmutableArray<CellRecord> Cells,
    ImmutableArray<TrialRecord> Trials,
    ImmutableArray<RunningCurve> Curves,
    string? SubmittedBy = null);

/// <summary>What a running job has recorded so far, or since a watcher last asked.</summary>
/// <param name="Key">Which job.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="TotalSteps">Steps of the whole job.</param>
/// <param name="Whole">Whether these are all points of the attempt.</param>
/// <param name="MaxLearningRate">Peak learning rate of a trial; 0 for a range test.</param>
/// <param name="Schedule">Learning rate and momentum of a trial over its run; null for a range test.</param>
/// <param name="Curves">Points, at most a few hundred in all; smoothed losses are not kept.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.RunningCurve")]
public sealed record RunningCurve(
    JobKey Key, int Attempt, int TotalSteps, bool Whole, double MaxLearningRate, ScheduleSpec? Schedule, JobCurves Curves);
