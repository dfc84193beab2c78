using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Rendering;

/// <summary>Trials on workers.</summary>
internal static class RunningTable
{
    private const int WideBar = 20;
    private const int NarrowBar = 6;

    /// <summary>Trials that run, by number.</summary>
    public static ImmutableArray<RunningTrial> Trials(ScreenModel model) =>
    [
        .. model.View.Running.Where(job => job.Key.Kind == JobKind.Trial).OrderBy(job => job.Key.Number).Select(job => new RunningTrial(job, model.Spec.Training.Schedule)),
    ];

    /// <summary>Draws it.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="lines">Trials at most; the others are counted.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IRenderable Of(ScreenModel model, int lines, int width)
    {
        ImmutableArray<RunningTrial> trials = Trials(model);
        ImmutableArray<Axis> axes = Axis.Varying(
            [.. trials.Select(trial => trial.Job.Configuration), .. model.View.Leaders.Select(row => row.Configuration)]);
        RunningTrial[] shown = [.. trials.Take(lines)];
        bool placed = model.Devices.Length > 1;
        Metric score = model.Spec.Data.Score;
        Table table = FittedTable.Best(
            width, Form(shown, axes, WideBar, true, placed, score), Form(shown, axes, NarrowBar, false, placed, score), Form(shown, axes, 0, false, placed, score));
        return trials.Length <= lines
            ? table
            : new Rows(table, new OneLine($"[grey]… and {HumanText.Count(trials.Length - lines, "trial")} more running[/]"));
    }

    private static FittedTable Form(RunningTrial[] trials, ImmutableArray<Axis> axes, int bar, bool wide, bool placed, Metric score) => new(
        [
            new("trial", 0),
            .. axes.Select((axis, index) => new FittedColumn(wide ? axis.Header : axis.ShortHeader, 4 + index)),
            new(bar == 0 ? "done" : "progress", 1),
            new("phase", 10, "warm-up 100%".Length),
            new("LR", 11, 6),
            new("loss", 12, 5),
            new(score == Metric.Accuracy ? wide ? "accuracy" : "acc" : score.Words(), 3, 6, Right: true),
            new("img/s", 13, 5, Right: true),
            new("left", 2, 5, Right: true),
            .. placed ? [new FittedColumn("on", 14)] : Array.Empty<FittedColumn>(),
        ],
        [
            .. trials.Select(trial => (ImmutableArray<string>)
            [
                trial.Job.Key.ShortName,
                .. axes.Select(axis => wide ? axis.Text(trial.Job.Configuration) : axis.ShortText(trial.Job.Configuration)),
                Progress(trial.Done, bar),
                trial.Phase,
                trial.LearningRate,
                trial.Loss,
                trial.Accuracy,
                trial.Speed,
                trial.Left,
                .. placed ? [Markup.Escape(trial.Job.Worker)] : Array.Empty<string>(),
            ]),
        ]);

    private static string Progress(double done, int bar) => bar == 0
        ? FormattableString.Invariant($"{100 * done,3:0}%")
        : FormattableString.Invariant($"{Bar.Of(done, bar, "green")} {100 * done,3:0}%");
}
