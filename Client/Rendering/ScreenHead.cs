using System.Collections.Immutable;
using Spectre.Console;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>Top of the live view: what runs and for how long, how much is done, where, and the best so far.</summary>
internal static class ScreenHead
{
    private const int MostBar = 30;
    private const int LeastBar = 8;
    private const int LeastReason = 12;

    private static readonly int Label = "range tests".Length + 2;

    /// <summary>Its lines, in markup.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static ImmutableArray<string> Of(ScreenModel model, int width)
    {
        SweepView view = model.View;
        int room = width - Label;
        var lines = new List<string> { Title(model, width) };
        bool tested = view.RangeTests.Total > 0;
        int words = Math.Max(string.Join(" · ", StatusText.Parts(view.Counts)).Length, tested ? string.Join(" · ", StatusText.Parts(view.RangeTests)).Length : 0);
        int bar = room - words - 2 < LeastBar ? 0 : Math.Min(room - words - 2, MostBar);
        if (tested)
        {
            lines.Add(Row("range tests", Progress(view, JobKind.RangeTest, room, bar)));
        }

        lines.Add(Row("trials", Progress(view, JobKind.Trial, room, bar)));
        if (DevicesTable.Summary(model, room) is { } devices)
        {
            lines.Add(Row("devices", devices));
        }

        string[] best = [.. Best(view, room)];
        lines.AddRange(best.Select((line, index) => Row(index == 0 ? "best" : "", line)));
        return [.. lines];
    }

    private static string Row(string label, string text) => $"[grey]{label.PadRight(Label)}[/]{text}";

    private static string Title(ScreenModel model, int width)
    {
        SweepView view = model.View;
        bool ticking = view.Status == SweepStatus.Running && view.Running.Length > 0;
        double since = ticking ? model.SinceView.TotalSeconds : 0;
        string status = StatusText.Markup(view.Status);
        string elapsed = HumanText.Duration(view.ActiveSeconds + since);
        string? left = view is { Status: SweepStatus.Running, SecondsLeft: { } seconds } ? $"~{HumanText.Duration(seconds - since)} left" : null;
        string spent = FormattableString.Invariant($"{view.EpochsSpent:0.#} {(view.EpochsSpent == 1 ? "epoch" : "epochs")}");
        string name = Markup.Escape(FittedLine.Cut(view.Name, Math.Max(8, width - 24))); // what follows it is worth as much
        string line = FittedLine.Of(width, $"[bold]{name}[/] {status}", elapsed, left);
        int free = width - FittedLine.WidthOf(line) - " · ".Length;
        string? reason = view.StatusReason is null || free < LeastReason ? null : Markup.Escape(FittedLine.Cut(view.StatusReason, free));
        return FittedLine.Of(width, line, reason, spent);
    }

    // The bar counts a job that runs by the part of it that is done.
    private static string Progress(SweepView view, JobKind kind, int room, int bar)
    {
        (JobCounts counts, string color) = kind == JobKind.Trial ? (view.Counts, "green") : (view.RangeTests, "blue");
        string[] words = StatusText.Parts(counts);
        if (bar == 0)
        {
            return FittedLine.Of(room, words);
        }

        double underWay = view.Running.Where(job => job.Key.Kind == kind)
            .Sum(job => job.Progress is { } progress ? Math.Min(1, (double)progress.Step / Math.Max(1, progress.TotalSteps)) : 0);
        return $"{Bar.Of((counts.Ended + underWay) / Math.Max(1, counts.Total), bar, color)}  {string.Join(" · ", words)}";
    }

    private static IEnumerable<string> Best(SweepView view, int room)
    {
        if (view.Leaders.IsEmpty)
        {
            return ["[grey]none yet[/]"];
        }

        LeaderboardRow best = view.Leaders[0];
        string? seeds = best.Replicates > 1 ? HumanText.Count(best.Replicates, "seed") : null;
        bool byTest = view.SelectBy == SelectionSet.Test;
        string?[] score = Score(best, byTest, withDeviation: true);
        if (FittedLine.WidthOf(string.Join(" · ", score.OfType<string>())) > room)
        {
            score = Score(best, byTest, withDeviation: false);
        }

        string? objective = view.Objective.IsScore()
            ? null
            : $"[green]{view.Ranking.MetricWords} {MetricText.Value(view.Objective, best.Value(view.Ranking))}[/]";
        string?[] told = [objective, .. score, seeds, byTest ? "[grey]chosen by test[/]" : null];
        string[] point = [.. Words(view, best.Configuration).Select(Markup.Escape)];
        string oneLine = string.Join(" · ", [.. told.OfType<string>(), .. point]);
        return FittedLine.WidthOf(oneLine) <= room ? [oneLine] : [FittedLine.Of(room, told), FittedLine.Of(room, point)];
    }

    // The one that it was chosen by stands first.
    private static string?[] Score(LeaderboardRow best, bool byTest, bool withDeviation)
    {
        string? validation = best.ValidationAccuracy is null
            ? null
            : $"[green]validation {HumanText.PercentWithDeviation(best.ValidationAccuracy, withDeviation ? best.ValidationDeviation : null)}[/]";
        string test = $"[green]test {HumanText.PercentWithDeviation(best.TestAccuracy, withDeviation ? best.TestDeviation : null)}[/]";
        return byTest ? [test, validation] : [validation, test];
    }

    private static IEnumerable<string> Words(SweepView view, Configuration best)
    {
        IEnumerable<Configuration> all = view.Leaders.Select(row => row.Configuration)
            .Concat(view.Running.Where(job => job.Key.Kind == JobKind.Trial).Select(job => job.Configuration))
            .Concat(view.Cells.Select(cell => CellsTable.PointOf(cell.Key) with { MaxLearningRate = best.MaxLearningRate }));
        return Axis.Varying(all).Select(axis => $"{axis.Header} {axis.Text(best)}");
    }
}
