using System.Collections.Immutable;
using System.Text.Json;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Json;

/// <summary>A sweep in JSON: what <c>show</c>, <c>run</c> and <c>export</c> write.</summary>
/// <param name="Summary">The sweep.</param>
/// <param name="Spec">The spec in its canonical form.</param>
/// <param name="Cells">Cells with their range tests.</param>
/// <param name="Trials">Trials.</param>
/// <param name="Leaderboard">Configurations by rank.</param>
/// <param name="Stopping">What early stopping and cycles of several lengths came to; null where there is nothing to say.</param>
/// <param name="Changes">What users changed since it was submitted, and what it is a further generation of.</param>
/// <param name="BatchRule">How the range tests' largest rates go with the batch size; null where they have fewer than two batch sizes.</param>
/// <param name="WarmStart">What it took over from earlier sweeps when it was submitted; null: nothing was asked for.</param>
public sealed record SweepJson(
    SweepSummary Summary,
    JsonElement Spec,
    ImmutableArray<CellRecord> Cells,
    ImmutableArray<TrialRecord> Trials,
    ImmutableArray<LeaderboardRow> Leaderboard,
    StoppingSummary? Stopping,
    ImmutableArray<SweepEventLine> Changes,
    BatchRule? BatchRule,
    WarmStart? WarmStart)
{
    /// <summary>Of a sweep as the store has it.</summary>
    public static SweepJson Of(SweepResults results) => new(
        results.Summary,
        SpecElement(results.Spec),
        results.Cells,
        results.Trials,
        Sweeps.Leaderboard.Of(results.Trials, results.Spec.Search.Ranking),
        results.Stopping,
        results.Changes.IsDefault ? [] : results.Changes,
        results.BatchRule,
        results.WarmStart);

    /// <summary>A spec in its canonical form.</summary>
    public static JsonElement SpecElement(SweepSpec spec)
    {
        using var document = JsonDocument.Parse(SpecJson.Write(spec));
        return document.RootElement.Clone();
    }
}
