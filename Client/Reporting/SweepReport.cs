using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Sweeper.Contracts.Analysis;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>A sweep on paper: leaderboard, best configuration, range tests, what went wrong.</summary>
internal static class SweepReport
{
    private const int ShownRows = 20;
    private const int ShownTroubles = 10;
    private const int ShownFindings = 12;

    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="results">The sweep.</param>
    /// <param name="activeSeconds">Time at work, interruptions not counted; null: unknown.</param>
    /// <param name="claims">What it may claim against its baselines.</param>
    public static void Write(IAnsiConsole console, SweepResults results, double? activeSeconds, ImmutableArray<Claim> claims)
    {
        console.MarkupLine(Headline(results, activeSeconds));
        foreach (SweepEventLine change in results.Changes.IsDefault ? [] : results.Changes)
        {
            console.MarkupLine(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{change.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC  {change.Text}")));
        }

        if (results.WarmStart is { } warm)
        {
            console.MarkupLine($"[grey]warm start[/] {Markup.Escape(warm.Words)}");
        }

        if (results.Spec.Purpose == SweepPurpose.Search)
        {
            console.MarkupLine($"[grey]early stopping[/] {Markup.Escape(StoppingChoice.Words(results.Spec))}");
        }

        WriteLeaderboard(console, results);
        WriteSizes(console, results);
        BaselineTable.Write(console, results, claims);
        if (results.Stopping is { } stopping)
        {
            StoppingText.Write(console, results.Summary.Name, stopping, results.Spec.Data.Score.Words());
        }

        WriteRangeTests(console, results);
        WriteTroubles(console, results);
        WriteReused(console, results);
        if (results.Spec.Purpose == SweepPurpose.Search && Best(results) is { } best)
        {
            console.WriteLine();
            console.MarkupLine(best.LineEpochs is { } line && line > best.Epochs
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"[bold]Best configuration[/] after {line:0.##} epochs of a line that `sweeper why {Markup.Escape(results.Summary.Name)} T-{best.Trials[0]:0000}` tells; the spec trains its last values for one cycle from scratch:")
                : "[bold]Best configuration[/], as a spec of its own:");
            console.WriteLine();
            WriteIndented(console, SpecYaml.WriteBest(results.Spec, best.Configuration, best.MomentumHigh, best.Epochs));
        }
    }

    /// <summary>The winner; null where no trial has finished.</summary>
    public static LeaderboardRow? Best(SweepResults results) =>
        Leaderboard.Of(results.Trials, results.Spec.Search.Ranking) is [var first, ..] ? first : null;

    /// <summary>Why there is no winner.</summary>
    public static string NoBest(SweepResults results) =>
        results.Trials.FirstOrDefault(trial => trial.Outcome is not (null or JobOutcome.Trained or JobOutcome.Stopped)) is { } ended
            ? $"No trial of '{results.Summary.Name}' has a score. `sweeper why {results.Summary.Name} {new JobKey(results.Summary.Name, JobKind.Trial, ended.Number).ShortName}` says what became of one."
            : $"No trial of '{results.Summary.Name}' has finished yet.";

    /// <summary>Text with a margin, unfolded: it is there to be copied.</summary>
    public static void WriteIndented(IAnsiConsole console, string text)
    {
        foreach (string line in text.TrimEnd().Split('\n'))
        {
            console.Profile.Out.Writer.WriteLine($"  {line}".TrimEnd());
        }
    }

    private static string Headline(SweepResults results, double? activeSeconds)
    {
        SweepSummary summary = results.Summary;
        string reason = summary.StatusReason is null ? "" : $" ({Markup.Escape(summary.StatusReason)})";
        string time = activeSeconds is null ? "" : $" in {HumanText.Duration(activeSeconds)}";
        string devices = string.Join(
            ", ", results.Trials.Select(trial => trial.Run).Concat(results.Cells.Select(cell => cell.Run)).OfType<RunInfo>().Select(run => run.Device).Distinct());
        string device = devices.Length == 0 ? "" : $" · {Markup.Escape(devices)}";
        string trials = results.Trials.IsEmpty ? HumanText.Count(results.Cells.Length, "range test") : HumanText.Count(results.Trials.Length, "trial");
        int without = results.Trials.Count(trial => trial is { Outcome: not null, Score: null });
        trials += without > 0 ? FormattableString.Invariant($", {without} without a result") : "";
        return $"[bold]{Markup.Escape(summary.Name)}[/] {StatusText.Markup(summary)}{reason}{time} · {trials} · "
            + $"{Markup.Escape(HumanText.Subject(summary.Model, summary.DataSet))}{device}";
    }

    private static void WriteLeaderboard(IAnsiConsole console, SweepResults results)
    {
        ImmutableArray<LeaderboardRow> rows = Leaderboard.Of(results.Trials, results.Spec.Search.Ranking);
        if (rows.IsEmpty)
        {
            return;
        }

        string metric = results.Spec.Search.Ranking.MetricWords;
        string by = results.Spec.Search.SelectBy == SelectionSet.Test
            ? $"test {metric} (optimistic: the winner was chosen on it)"
            : rows.All(row => row.ValidationAccuracy is null) ? $"test {metric}: there is no validation split" : $"validation {metric}";
        console.WriteLine();
        console.MarkupLine($"[bold]Leaderboard[/] by {by}");
        console.Write(LeaderboardTable.Of(rows, results.Spec.Search.Ranking, ShownRows));
        if (rows.Length > ShownRows)
        {
            console.MarkupLine($"[grey]… and {HumanText.Count(rows.Length - ShownRows, "configuration")} more[/]");
        }
    }

    /// <summary>The best of every number of training images, fewest first: more images win, so the leaderboard alone would hide the others.</summary>
    private static void WriteSizes(IAnsiConsole console, SweepResults results)
    {
        ImmutableArray<LeaderboardRow> best = Leaderboard.BestOfSizes(Leaderboard.Of(results.Trials, results.Spec.Search.Ranking));
        if (results.Spec.Data.TrainSizes is null || best.IsEmpty)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine($"[bold]Limited data[/]: the best of each number of training images, {Markup.Escape(results.Spec.Training.LengthWords)} each");
        console.Write(LeaderboardTable.Of(best, results.Spec.Search.Ranking, best.Length));
    }

    private static void WriteRangeTests(IAnsiConsole console, SweepResults results)
    {
        ImmutableArray<CellRecord> tested = [.. results.Cells.Where(cell => cell.Outcome is not null)];
        if (tested.IsEmpty)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine("[bold]LR range tests[/]");
        console.Write(CellsTable.Report(results.Summary.Name, tested, console.Profile.Width));
        foreach (CellRecord cell in tested.Take(ShownFindings))
        {
            string name = new JobKey(results.Summary.Name, JobKind.RangeTest, cell.Number).ShortName;
            console.MarkupLine($"[grey]{name}[/] {Markup.Escape(StatusText.Evidence(cell.Outcome) ?? "")}");
        }

        if (results.BatchRule is { Lower: not null } rule) // from too few tests it says nothing
        {
            console.MarkupLine($"[grey]batch[/] {Markup.Escape(rule.Words)}");
        }
    }

    private static void WriteReused(IAnsiConsole console, SweepResults results)
    {
        JobKey[] sources =
            [.. results.Trials.Select(trial => trial.Run).Concat(results.Cells.Select(cell => cell.Run)).Select(run => run?.ReusedFrom).OfType<JobKey>()];
        if (sources.Length > 0)
        {
            string from = string.Join(", ", sources.Select(source => source.Sweep).Distinct());
            console.WriteLine();
            console.MarkupLine(Markup.Escape(
                $"{HumanText.Count(sources.Length, "result")} reused from earlier runs of the same jobs ({from}); `sweeper why` says which."));
        }
    }

    private static void WriteTroubles(IAnsiConsole console, SweepResults results)
    {
        ImmutableArray<TrialRecord> troubled =
            [.. results.Trials.Where(trial => trial.Outcome is JobOutcome.Diverged or JobOutcome.OutOfMemory or JobOutcome.Failed)];
        if (troubled.IsEmpty)
        {
            return;
        }

        console.WriteLine();
        console.MarkupLine("[bold]Trials without a result[/]");
        foreach (TrialRecord trial in troubled.Take(ShownTroubles))
        {
            string name = new JobKey(results.Summary.Name, JobKind.Trial, trial.Number).ShortName;
            string words = $"{StatusText.Of(trial.Status, trial.Outcome)}: {StatusText.Evidence(trial.Outcome)} ({trial.Configuration})";
            console.MarkupLine($"[grey]{name}[/] {Markup.Escape(words)}");
        }

        if (troubled.Length > ShownTroubles)
        {
            console.MarkupLine($"[grey]… and {troubled.Length - ShownTroubles} more[/]");
        }
    }
}
