using System.Collections.Immutable;
using System.Text.Json;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Contracts.Pages;

/// <summary>Everything that the page of a sweep begins with; its stream goes on from there.</summary>
/// <param name="Mark">Where the stream goes on.</param>
/// <param name="AtWork">Whether anybody works on the sweep: not on one that was interrupted and not taken up again.</param>
/// <param name="CreatedAt">When it was submitted, UTC.</param>
/// <param name="View">The sweep at a glance.</param>
/// <param name="Spec">The spec in its canonical form.</param>
/// <param name="SpecYaml">The spec as a user would write it.</param>
/// <param name="Limits">Its limits, as <c>sweeper set</c> takes them.</param>
/// <param name="Cells">Every cell.</param>
/// <param name="Trials">Every trial.</param>
/// <param name="Leaderboard">The best configurations, at most two hundred.</param>
/// <param name="Ranked">Configurations that were ranked.</param>
/// <param name="Stopping">What early stopping and cycles of several lengths came to; null where there is nothing to say.</param>
/// <param name="Changes">What users changed since it was submitted, and what it is a further generation of.</param>
/// <param name="BatchRule">How the range tests' largest rates go with the batch size; null where they have fewer than two batch sizes.</param>
/// <param name="WarmStart">What it took over from earlier sweeps; null: nothing was asked for.</param>
/// <param name="Workers">Workers, and what each does now.</param>
/// <param name="Reached">Whether it has what it was for: a trial with a score, a range test with findings.</param>
/// <param name="SubmittedBy">Who submitted it; null where nobody said.</param>
/// <param name="MayChange">Whether whoever asks may change its course.</param>
/// <param name="TraceId">Identity of its trace, hexadecimal; null where it has none.</param>
/// <param name="TraceLink">Where its trace can be seen; null where the silo was not told.</param>
public sealed record SweepPage(
    string Mark,
    bool AtWork,
    DateTimeOffset CreatedAt,
    SweepView View,
    JsonElement Spec,
    string SpecYaml,
    ImmutableArray<LimitSetting> Limits,
    ImmutableArray<CellRecord> Cells,
    TrialColumns Trials,
    ImmutableArray<LeaderboardRow> Leaderboard,
    int Ranked,
    StoppingSummary? Stopping,
    ImmutableArray<SweepEventLine> Changes,
    BatchRule? BatchRule,
    WarmStart? WarmStart,
    ImmutableArray<WorkerStatus> Workers,
    bool Reached,
    string? SubmittedBy,
    bool MayChange,
    string? TraceId,
    string? TraceLink);

/// <summary>What the trials of a sweep say together.</summary>
/// <param name="Analysis">Importance, balance, fitted surface, claims.</param>
/// <param name="AfterEnded">Trials that had ended when it was made.</param>
public sealed record AnalysisPage(SweepAnalysis Analysis, int AfterEnded);
