using System.Collections.Immutable;
using Spectre.Console;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>Configurations by rank. Validation and test accuracy are both shown, and the metric that ranks where it is another; the one that ranks is marked.</summary>
internal static class LeaderboardTable
{
    /// <summary>Draws it.</summary>
    /// <param name="rows">Best first; at least one.</param>
    /// <param name="ranking">What ranks them.</param>
    /// <param name="shown">Rows at most.</param>
    public static Table Of(ImmutableArray<LeaderboardRow> rows, Ranking ranking, int shown)
    {
        ImmutableArray<Axis> axes = Axis.Varying(rows.Select(row => row.Configuration));
        string[] own = [.. Own(rows, row => row.LineEpochs ?? row.Epochs, "epochs"), .. Own(rows, row => row.MomentumHigh, "mom.")];
        bool replicated = rows.Any(row => row.Replicates > 1);
        bool byAccuracy = ranking.By.IsScore();
        string validation = byAccuracy && ranking.Set == SelectionSet.Validation ? "validation ▼" : "validation";
        string test = byAccuracy && ranking.Set == SelectionSet.Test ? "test ▼" : "test";
        string[] objective = byAccuracy ? [] : [$"{ranking.MetricWords} ▼"];
        Table table = PlainTable.Of(
            ["#", .. axes.Select(axis => axis.Header), .. own, .. objective, validation, test, .. replicated ? ["seeds"] : Array.Empty<string>(), "time", "trials"]);
        foreach (LeaderboardRow row in rows.Take(shown))
        {
            table.AddRow([
                PlainTable.Cell(FormattableString.Invariant($"{row.Rank}")),
                .. axes.Select(axis => PlainTable.Cell(axis.Text(row.Configuration))),
                .. own.Select(name => PlainTable.Cell(FormattableString.Invariant($"{(name == "epochs" ? row.LineEpochs ?? row.Epochs : row.MomentumHigh):0.##}"))),
                .. objective.Select(_ => PlainTable.Cell(MetricText.Value(ranking.By, row.Value(ranking)))),
                PlainTable.Cell(HumanText.PercentWithDeviation(row.ValidationAccuracy, row.ValidationDeviation)),
                PlainTable.Cell(HumanText.PercentWithDeviation(row.TestAccuracy, row.TestDeviation)),
                .. replicated ? [PlainTable.Cell(FormattableString.Invariant($"{row.Replicates}"))] : Array.Empty<Text>(),
                PlainTable.Cell(HumanText.Duration(row.Seconds)),
                PlainTable.Cell(Trials(row.Trials)),
            ]);
        }

        return table;
    }

    // A column where a strategy decides and the rows differ.
    private static string[] Own(ImmutableArray<LeaderboardRow> rows, Func<LeaderboardRow, double?> of, string name) =>
        rows.Select(of).Distinct().Skip(1).Any() ? [name] : [];

    // T-0001–0004 rather than four names: replicates of a configuration have neighbouring numbers.
    private static string Trials(ImmutableArray<int> numbers)
    {
        bool neighbours = numbers.Length > 2 && numbers[^1] - numbers[0] == numbers.Length - 1;
        return neighbours
            ? FormattableString.Invariant($"T-{numbers[0]:0000}–{numbers[^1]:0000}")
            : string.Join(' ', numbers.Select(number => FormattableString.Invariant($"T-{number:0000}")));
    }
}
