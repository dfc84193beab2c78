using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>A trial as it stands in the store.</summary>
/// <param name="Number">Number within the sweep, from 1.</param>
/// <param name="Cell">Number of its cell, from 1.</param>
/// <param name="Configuration">Point of the space; learning rate 0 until the cell's range test has bounded it.</param>
/// <param name="Replicate">Replicate of the configuration, from 1.</param>
/// <param name="Seed">Seed of the trial.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">Attempts started.</param>
/// <param name="Outcome">How it ended; null while it has not.</param>
/// <param name="Run">Circumstances of the attempt that ended it; null while it has not.</param>
/// <param name="Plan">How it trains and what it is for; null: as the spec says, a candidate.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TrialRecord")]
public sealed record TrialRecord(
    int Number,
    int Cell,
    Configuration Configuration,
    int Replicate,
    int Seed,
    JobStatus Status,
    int Attempts,
    JobOutcome? Outcome,
    RunInfo? Run,
    TrialPlan? Plan = null)
{
    /// <summary>What it is for.</summary>
    [JsonIgnore]
    public TrialRole Role => Plan?.Role ?? TrialRole.Candidate;


    /// <summary>Score of a trial that ran to its end; null otherwise.</summary>
    [JsonIgnore]
    public TrialScore? Score => Outcome switch
    {
        JobOutcome.Trained trained => trained.Score,
        JobOutcome.ResumeChecked check => check.Score,
        _ => null,
    };
}

/// <summary>A cell and its range test as they stand in the store.</summary>
/// <param name="Number">Number within the sweep, from 1.</param>
/// <param name="Key">Batch size, weight decay and dropout.</param>
/// <param name="Status">Where its range test stands; <see cref="JobStatus.Done"/> from the start where none is needed.</param>
/// <param name="Attempts">Attempts of the range test started.</param>
/// <param name="Outcome">How its range test ended; null while it has not, or where none is needed.</param>
/// <param name="Run">Circumstances of the range test.</param>
/// <param name="LengthFactor">Length of its range test over the spec's; greater than 0.</param>
/// <param name="Repeat">What its range test repeats, and how; null: it is the first of its cell.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.CellRecord")]
public sealed record CellRecord(
    int Number, CellKey Key, JobStatus Status, int Attempts, JobOutcome? Outcome, RunInfo? Run, double LengthFactor = 1, RangeTestRepeat? Repeat = null)
{
    /// <summary>Findings of a range test that ended; null otherwise.</summary>
    [JsonIgnore]
    public RangeTestFindings? Findings => (Outcome as JobOutcome.RangeTested)?.Findings;
}

/// <summary>Where a job stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Waits for its cell's range test.</summary>
    Waiting,

    /// <summary>Can start as soon as a slot is free.</summary>
    Ready,

    /// <summary>On a worker.</summary>
    Running,

    /// <summary>Ended; its outcome says how.</summary>
    Done,

    /// <summary>Never started, and will not be: no usable range test in its cell, a limit reached, the sweep cancelled.</summary>
    Skipped,
}
