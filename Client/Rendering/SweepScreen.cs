using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>The live view of a sweep: fits 80 columns, and as many lines as the terminal has.</summary>
internal static class SweepScreen
{
    // Header, counts, headings, blank lines, two lines for the best, and what says that there is more.
    private const int FixedLines = 14;

    private const int MaxEvents = 6;

    /// <summary>Draws it.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="height">Lines of the terminal.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IRenderable Of(ScreenModel model, int height, int width)
    {
        SweepView view = model.View;
        int free = Math.Max(6, height - FixedLines - model.Notices.Length);
        int events = Math.Clamp(free / 4, 2, MaxEvents);
        int jobs = free - events;
        int running = Math.Min(view.Running.Count(job => job.Key.Kind == JobKind.Trial), Math.Max(2, view.RangeTests.Total == 0 ? jobs : jobs / 2));

        var rows = new List<IRenderable> { Header(model), Counts(view) };
        if (view.RangeTests.Total > 0)
        {
            rows.Add(Text.Empty);
            rows.Add(CellsTable.Live(model, Math.Max(2, jobs - running)));
        }

        if (RunningTable.Of(model, running, width) is { } table)
        {
            rows.Add(Text.Empty);
            rows.Add(table);
        }

        rows.Add(Text.Empty);
        rows.Add(Best(view));
        rows.AddRange(Events(model, events, width));
        rows.AddRange(model.Notices.Select(notice => new Markup($"[yellow]{Markup.Escape(notice)}[/]")));
        return new Rows(rows);
    }

    private static Markup Header(ScreenModel model)
    {
        SweepView view = model.View;
        bool ticking = view.Status == SweepStatus.Running && view.Running.Length > 0;
        double since = ticking ? model.SinceView.TotalSeconds : 0;
        string left = view is { Status: SweepStatus.Running, SecondsLeft: { } seconds }
            ? $" · ~{HumanText.Duration(seconds - since)} left"
            : "";
        string device = model.Device is null ? "" : $" · {Markup.Escape(model.Device)}";
        string reason = view.StatusReason is null ? "" : $" ({Markup.Escape(view.StatusReason)})";
        return new Markup(
            $"[bold]{Markup.Escape(view.Name)}[/] {StatusText.Markup(view.Status)}{reason} · "
            + $"{HumanText.Duration(view.ActiveSeconds + since)}{left}{device}");
    }

    private static Markup Counts(SweepView view)
    {
        string tests = view.RangeTests.Total == 0 ? "" : $"range tests {view.RangeTests.Ended}/{view.RangeTests.Total} · ";
        return new Markup(FormattableString.Invariant(
            $"[grey]{tests}{StatusText.Counts(view.Counts)} · {view.EpochsSpent:0.#} {(view.EpochsSpent == 1 ? "epoch" : "epochs")}[/]"));
    }

    private static Markup Best(SweepView view)
    {
        if (view.Leaders.IsEmpty)
        {
            return new Markup("[grey]Best: none yet[/]");
        }

        LeaderboardRow best = view.Leaders[0];
        string seeds = best.Replicates > 1 ? $" ({best.Replicates} seeds)" : "";
        string validation = best.ValidationAccuracy is null
            ? ""
            : $"validation {HumanText.PercentWithDeviation(best.ValidationAccuracy, best.ValidationDeviation)} · ";
        string test = $"test {HumanText.PercentWithDeviation(best.TestAccuracy, best.TestDeviation)}";
        string chosen = view.SelectBy == SelectionSet.Test ? " [grey]by test[/]" : "";
        return new Markup(
            $"[bold]Best[/] [green]{validation}{test}[/]{seeds}{chosen} · {Markup.Escape(Words(view, best.Configuration))}");
    }

    private static string Words(SweepView view, Configuration best)
    {
        IEnumerable<Configuration> all = view.Leaders.Select(row => row.Configuration)
            .Concat(view.Running.Where(job => job.Key.Kind == JobKind.Trial).Select(job => job.Configuration))
            .Concat(view.Cells.Select(cell => CellsTable.PointOf(cell.Key) with { MaxLearningRate = best.MaxLearningRate }));
        return string.Join(" · ", Axis.Varying(all).Select(axis => $"{axis.Header} {axis.Text(best)}"));
    }

    private static IEnumerable<IRenderable> Events(ScreenModel model, int lines, int width)
    {
        if (model.View.Events.IsEmpty)
        {
            yield break;
        }

        yield return Text.Empty;
        foreach (SweepEventLine line in model.View.Events.TakeLast(lines))
        {
            string time = HumanText.TimeOfDay(line.At, model.Zone);
            int room = Math.Max(10, width - time.Length - 2);
            string text = line.Text.Length <= room ? line.Text : line.Text[..(room - 1)] + "…";
            yield return new Markup($"[grey]{time}[/] {Markup.Escape(text)}");
        }
    }
}
