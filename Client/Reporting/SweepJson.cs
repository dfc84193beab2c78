using System.Collections.Immutable;
using System.Text.Json;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

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
internal sealed record SweepJson(
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
        Contracts.Sweeps.Leaderboard.Of(results.Trials, results.Spec.Search.SelectBy),
        results.Stopping,
        results.Changes.IsDefault ? [] : results.Changes,
        results.BatchRule,
        results.WarmStart);

    private static JsonElement SpecElement(SweepSpec spec)
    {
        using var document = JsonDocument.Parse(Contracts.Specs.SpecJson.Write(spec));
        return document.RootElement.Clone();
    }
}

/// <summary>A trial in JSON.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Curves">What was recorded along the way; null where nothing was.</param>
internal sealed record TrialJson(TrialRecord Trial, JobCurves? Curves);

/// <summary>A cell in JSON.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Curves">Curves of its range test; null where there are none.</param>
internal sealed record CellJson(CellRecord Cell, JobCurves? Curves);

/// <summary>The best configuration in JSON.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="SelectBy">Accuracy that it is the best by.</param>
/// <param name="Best">It.</param>
/// <param name="Yaml">A spec that trains it alone.</param>
internal sealed record BestJson(string Sweep, SelectionSet SelectBy, LeaderboardRow Best, string Yaml);
