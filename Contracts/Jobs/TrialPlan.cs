using System.Text.Json.Serialization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Jobs;

/// <summary>How a trial trains and what it is for, where a strategy decides that instead of the spec.</summary>
/// <param name="Role">What the trial is for.</param>
/// <param name="Epochs">Length of its run in passes over the training images; 0 where the spec gives it in steps.</param>
/// <param name="Schedule">Learning rate and momentum over the run.</param>
/// <param name="Why">Which rule placed it, and on what data, for a person.</param>
/// <param name="Rung">Place of its length among the strategy's, from 0 for the shortest; null where that means nothing.</param>
/// <param name="Parent">Number of the trial whose result it follows from; null: none.</param>
/// <param name="Enqueued">Whether a user put it into the queue.</param>
/// <param name="Lineage">Where it stands in a population; null: it is in none.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TrialPlan")]
public sealed record TrialPlan(
    TrialRole Role,
    double Epochs,
    ScheduleSpec Schedule,
    string Why,
    int? Rung = null,
    int? Parent = null,
    bool Enqueued = false,
    Lineage? Lineage = null);

/// <summary>What a trial is for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrialRole>))]
public enum TrialRole
{
    /// <summary>A candidate: it can win.</summary>
    Candidate,

    /// <summary>A short run that tells how large a momentum is stable.</summary>
    Momentum,

    /// <summary>A conventional schedule to compare the winner with.</summary>
    Baseline,
}
