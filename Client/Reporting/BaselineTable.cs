using System.Collections.Immutable;
using Spectre.Console;
using Sweeper.Contracts.Analysis;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>The winner beside the conventional schedules of the same length.</summary>
internal static class BaselineTable
{
    /// <summary>Writes it and what follows from it; nothing where no baseline has finished.</summary>
    public static void Write(IAnsiConsole console, SweepResults results, ImmutableArray<Claim> claims)
    {
        SelectionSet selectBy = results.Spec.Search.SelectBy;
        ImmutableArray<TrialRecord> baselines =
            [.. results.Trials.Where(trial => trial is { Role: TrialRole.Baseline, Score: not null })];
        if (baselines.IsEmpty || SweepReport.Best(results) is not { } best)
        {
            return;
        }

        double longest = baselines.Max(trial => trial.Plan!.Epochs); // a baseline has a plan
        console.WriteLine();
        console.MarkupLine(FormattableString.Invariant($"[bold]Against conventional schedules[/] of {longest:0.##} epochs"));
        Table table = PlainTable.Of(["schedule", "LR", "batch", "wd", "validation", "test", "seeds"]);
        Row(table, "1cycle", best);
        foreach (IGrouping<ScheduleType, TrialRecord> group in baselines.Where(trial => trial.Plan!.Epochs.Equals(longest)).GroupBy(trial => trial.Plan!.Schedule.Type))
        {
            LeaderboardRow row = Leaderboard.Of(group.Select(trial => trial with { Plan = null }), selectBy)[0];
            Row(table, group.Key == ScheduleType.Constant ? "constant" : "step", row);
        }

        console.Write(table);
        foreach (Claim claim in claims)
        {
            string mark = claim.Verdict == ClaimVerdict.SuperConvergence ? "[green]super-convergence[/]" : "[yellow]no super-convergence is claimed[/]";
            console.MarkupLine($"{mark} {Markup.Escape(claim.Sentence)}");
        }
    }

    private static void Row(Table table, string name, LeaderboardRow row) => table.AddRow([
        PlainTable.Cell(name),
        PlainTable.Cell(HumanText.Rate(row.Configuration.MaxLearningRate)),
        PlainTable.Cell(FormattableString.Invariant($"{row.Configuration.BatchSize}")),
        PlainTable.Cell(HumanText.Rate(row.Configuration.WeightDecay)),
        PlainTable.Cell(HumanText.PercentWithDeviation(row.ValidationAccuracy, row.ValidationDeviation)),
        PlainTable.Cell(HumanText.PercentWithDeviation(row.TestAccuracy, row.TestDeviation)),
        PlainTable.Cell(FormattableString.Invariant($"{row.Replicates}")),
    ]);
}
