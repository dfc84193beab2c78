using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>Reads the store; any activation will do.</summary>
[Alias("Sweeper.IResultsGrain")]
public interface IResultsGrain : IGrainWithIntegerKey
{
    /// <summary>Every sweep, newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<SweepSummary>> ListAsync();

    /// <summary>A sweep with its trials and cells.</summary>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("Get")]
    Task<SweepResults> GetAsync(string sweep);

    /// <summary>What is said about a sweep beside its results.</summary>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("GetNotes")]
    Task<SweepNotes> GetNotesAsync(string sweep);

    /// <summary>What the trials of a sweep say together: importance, balance, claims.</summary>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("Analyse")]
    Task<SweepAnalysis> AnalyseAsync(string sweep);

    /// <summary>How long a spec will take.</summary>
    /// <param name="spec">A spec without problems.</param>
    /// <param name="measure">Whether a few steps are timed on a worker, in place of earlier runs.</param>
    [Alias("Predict"), ResponseTimeout("00:30:00")]
    Task<TimePrediction> PredictAsync(SweepSpec spec, bool measure);

    /// <summary>What a spec would take from earlier sweeps if it were submitted now.</summary>
    /// <param name="spec">A spec without problems.</param>
    [Alias("FindWarmStart")]
    Task<WarmStartFindings> FindWarmStartAsync(SweepSpec spec);

    /// <summary>Curves of a job; null where it has none.</summary>
    [Alias("GetCurves")]
    Task<JobCurves?> GetCurvesAsync(JobKey job);

    /// <summary>Attempts at a job.</summary>
    /// <exception cref="Errors.SweepNotFoundException">There is no such sweep.</exception>
    [Alias("GetHistory")]
    Task<JobHistory> GetHistoryAsync(JobKey job);
}

/// <summary>A sweep in a list.</summary>
/// <param name="Name">Name of the sweep.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StatusReason">Why, where that is worth saying.</param>
/// <param name="CreatedAt">When it was submitted, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="Model">Model of the spec.</param>
/// <param name="DataSet">Data set of the spec.</param>
/// <param name="Trials">All trials.</param>
/// <param name="Ended">Trials that will not run any more.</param>
/// <param name="BestAccuracy">Best mean accuracy by the spec's own selection; null before the first.</param>
/// <param name="Interrupted">Whether it is to run and nobody works on it: its silo ended before it did.</param>
/// <param name="GenerationOf">Sweep that it is a further generation of; null: of none.</param>
/// <param name="Generation">Which generation, from 2; null for a first one.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepSummary")]
public sealed record SweepSummary(
    string Name,
    SweepStatus Status,
    string? StatusReason,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Model,
    string DataSet,
    int Trials,
    int Ended,
    double? BestAccuracy,
    bool Interrupted = false,
    string? GenerationOf = null,
    int? Generation = null);

/// <summary>Everything about a sweep but its curves.</summary>
/// <param name="Summary">The sweep.</param>
/// <param name="Spec">What is to be done: what was asked, with what users changed since.</param>
/// <param name="Cells">Cells with their range tests.</param>
/// <param name="Trials">Trials.</param>
/// <param name="Stopping">What early stopping and cycles of several lengths came to; null where there is nothing to say.</param>
/// <param name="Changes">What users changed since it was submitted, and what it is a further generation of.</param>
/// <param name="BatchRule">How the range tests' largest rates go with the batch size; null where they have fewer than two batch sizes.</param>
/// <param name="WarmStart">What it took over from earlier sweeps when it was submitted; null: nothing was asked for.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepResults")]
public sealed record SweepResults(
    SweepSummary Summary,
    SweepSpec Spec,
    ImmutableArray<CellRecord> Cells,
    ImmutableArray<TrialRecord> Trials,
    StoppingSummary? Stopping = null,
    ImmutableArray<SweepEventLine> Changes = default,
    BatchRule? BatchRule = null,
    WarmStart? WarmStart = null);

/// <summary>What is said about a sweep beside its results.</summary>
/// <param name="Stopping">What early stopping and cycles of several lengths came to; null where there is nothing to say.</param>
/// <param name="Changes">What users changed since it was submitted, and what it is a further generation of.</param>
/// <param name="BatchRule">How the range tests' largest rates go with the batch size; null where they have fewer than two batch sizes.</param>
/// <param name="WarmStart">What it took over from earlier sweeps when it was submitted; null: nothing was asked for.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepNotes")]
public sealed record SweepNotes(StoppingSummary? Stopping, ImmutableArray<SweepEventLine> Changes, BatchRule? BatchRule, WarmStart? WarmStart);
