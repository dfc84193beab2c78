using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>Trials on workers.</summary>
internal static class RunningTable
{
    private const int NarrowBar = 6;
    private const int MostAxesBesideNarrowBar = 3;
    private const int WideBar = 20;
    private const int WideTerminal = 110;

    /// <summary>Draws it.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="lines">Trials at most; the others are counted.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <returns>Null where no trial runs.</returns>
    public static IRenderable? Of(ScreenModel model, int lines, int width)
    {
        ImmutableArray<RunningJob> trials = [.. model.View.Running.Where(job => job.Key.Kind == JobKind.Trial).OrderBy(job => job.Key.Number)];
        if (trials.IsEmpty)
        {
            return null;
        }

        bool wide = width >= WideTerminal;
        ImmutableArray<Axis> axes = Axis.Varying(
            [.. trials.Select(job => job.Configuration), .. model.View.Leaders.Select(row => row.Configuration)]);
        int bar = wide ? WideBar : axes.Length <= MostAxesBesideNarrowBar ? NarrowBar : 0;
        Table table = PlainTable.Of(["trial", .. axes.Select(axis => wide ? axis.Header : axis.ShortHeader), bar > 0 ? "progress" : "", "phase", "LR", "loss", "acc", "img/s", "left"]);
        foreach (TableColumn column in table.Columns)
        {
            column.Padding = new Padding(0, 0, wide ? 2 : 1, 0);
        }

        foreach (RunningJob job in trials.Take(lines))
        {
            table.AddRow([
                PlainTable.Cell(job.Key.ShortName),
                .. axes.Select(axis => PlainTable.Cell(wide ? axis.Text(job.Configuration) : axis.ShortText(job.Configuration))),
                .. Progress(model, job, bar),
            ]);
        }

        return trials.Length <= lines
            ? table
            : new Rows(table, new Markup($"[grey]… and {HumanText.Count(trials.Length - lines, "trial")} more running[/]"));
    }

    private static IEnumerable<IRenderable> Progress(ScreenModel model, RunningJob job, int bar)
    {
        if (job.Progress is not { } progress)
        {
            return [new Markup(BarAndPercent(0, bar)), PlainTable.Cell("starting"), .. Enumerable.Repeat(PlainTable.Cell(HumanText.None), 5)];
        }

        double done = (double)progress.Step / Math.Max(1, progress.TotalSteps);
        string accuracy = progress.Accuracy is { } fraction ? FormattableString.Invariant($"{100 * fraction:0.0}") : HumanText.None;
        return
        [
            new Markup(BarAndPercent(done, bar)),
            PlainTable.Cell(TrainingPhase.Of(model.Spec.Training.Schedule, progress.Step, progress.TotalSteps)),
            PlainTable.Cell(HumanText.Rate(progress.LearningRate)),
            PlainTable.Cell(double.IsNaN(progress.TrainLoss) ? HumanText.None : HumanText.Loss(progress.TrainLoss)),
            PlainTable.Cell(accuracy),
            PlainTable.Cell(HumanText.Speed(progress.ImagesPerSecond)),
            PlainTable.Cell(HumanText.Duration(progress.SecondsLeft)),
        ];
    }

    private static string BarAndPercent(double done, int bar) => bar == 0
        ? FormattableString.Invariant($"{100 * done,3:0}%")
        : FormattableString.Invariant($"{Bar.Of(done, bar, "green")} {100 * done,3:0}%");
}
