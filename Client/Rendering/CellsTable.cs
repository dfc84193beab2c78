using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Rendering;

/// <summary>Cells of the search with their range tests: a bar while one runs, then what it found.</summary>
internal static class CellsTable
{
    private const int WideSparkline = 40;
    private const int NarrowSparkline = 16;
    private const int ShortestSparkline = 8;
    private const int WideTerminal = 110;

    /// <summary>Part of the live view.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="lines">Cells at most; the others are counted.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IRenderable Live(ScreenModel model, int lines, int width)
    {
        Table table = FittedTable.Best(width, Live(model, lines, WideSparkline, true), Live(model, lines, NarrowSparkline, false), Live(model, lines, ShortestSparkline, false));
        int hidden = model.View.RangeTests.Total - Math.Min(lines, model.View.Cells.Length);
        return hidden <= 0
            ? table
            : new Rows(table, new OneLine($"[grey]… and {HumanText.Count(hidden, "cell")} more[/]"));
    }

    /// <summary>Part of the report: every suggestion.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="cells">Cells; those without a range test are left out.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static Table Report(string sweep, IReadOnlyCollection<CellRecord> cells, int width)
    {
        bool wide = width >= WideTerminal;
        int digits = wide ? 3 : 2;
        ImmutableArray<Axis> axes = Axes(cells);
        Table table = PlainTable.Of([
            "cell", .. axes.Select(axis => wide ? axis.Header : axis.ShortHeader), "max LR", "min LR", "valley", "slide", "minimum", "steep",
            .. wide ? ["flatness"] : Array.Empty<string>(), wide ? "super-convergence" : "verdict",
        ]);
        foreach (TableColumn column in table.Columns)
        {
            column.Padding = new Padding(0, 0, wide ? 2 : 1, 0);
        }

        foreach (CellRecord cell in cells.Where(cell => cell.Outcome is not null))
        {
            RangeTestFindings? found = cell.Findings;
            double?[] suggestions = [found?.MinLearningRate, found?.Valley, found?.Slide, found?.Minimum, found?.Steep];
            table.AddRow([
                PlainTable.Cell(ShortName(sweep, cell)),
                .. axes.Select(axis => PlainTable.Cell(wide ? axis.Text(PointOf(cell.Key)) : axis.ShortText(PointOf(cell.Key)))),
                PlainTable.Cell(HumanText.Rate(found?.MaxLearningRate)),
                .. suggestions.Select(rate => PlainTable.Cell(HumanText.Rate(rate, digits))),
                .. wide ? [PlainTable.Cell(HumanText.Rate(found?.Flatness))] : Array.Empty<Text>(),
                new Markup(found is null ? $"[red]{StatusText.Of(cell.Status, cell.Outcome)}[/]" : StatusText.Markup(found.Verdict)),
            ]);
        }

        return table;
    }

    /// <summary>A cell as a point whose learning rate says nothing.</summary>
    public static Configuration PointOf(CellKey key) => Configuration.At(key, 0);

    private static ImmutableArray<Axis> Axes(IEnumerable<CellRecord> cells)
    {
        ImmutableArray<Axis> varying = Axis.Varying(cells.Select(cell => PointOf(cell.Key)));
        return varying is [var only] && only == Axis.All[0] ? [] : varying;
    }

    private static string ShortName(string sweep, CellRecord cell) => new JobKey(sweep, JobKind.RangeTest, cell.Number).ShortName;

    // Those at work or waiting matter most; ended ones fill what is left, the latest first.
    private static IEnumerable<CellRecord> Shown(ImmutableArray<CellRecord> cells, int lines) =>
        cells.OrderBy(cell => cell.Status switch { JobStatus.Running => 0, JobStatus.Done => 1, _ => 2 })
            .ThenByDescending(cell => cell.Status == JobStatus.Done ? cell.Number : -cell.Number)
            .Take(lines)
            .OrderBy(cell => cell.Number);

    private static FittedTable Live(ScreenModel model, int lines, int sparkline, bool wide)
    {
        SweepView view = model.View;
        Dictionary<int, RunningJob> running = view.Running
            .Where(job => job.Key.Kind == JobKind.RangeTest)
            .ToDictionary(job => job.Key.Number);
        ImmutableArray<Axis> axes = Axes(view.Cells);
        return new FittedTable(
            [
                new("cell", 0),
                .. axes.Select((axis, index) => new FittedColumn(wide ? axis.Header : axis.ShortHeader, 4 + index)),
                new(TestHeader(model, wide), 1, sparkline + 8), // and its best accuracy
                new("max LR", 2, 6),
                new(wide ? "super-convergence" : "verdict", 3, "not possible".Length),
            ],
            [
                .. Shown(view.Cells, lines).Select(cell => (ImmutableArray<string>)
                [
                    ShortName(view.Name, cell),
                    .. axes.Select(axis => wide ? axis.Text(PointOf(cell.Key)) : axis.ShortText(PointOf(cell.Key))),
                    Test(model, cell, running.GetValueOrDefault(cell.Number), sparkline),
                    HumanText.Rate(cell.Findings?.MaxLearningRate),
                    cell.Findings is { } found ? StatusText.Markup(found.Verdict) : "",
                ]),
            ]);
    }

    // Where a curve begins and ends is the same for all cells, unless a test was repeated over a shorter ramp.
    private static string TestHeader(ScreenModel model, bool wide)
    {
        RangeTestSpec test = model.Spec.RangeTest;
        string what = test.Method == RangeTestMethod.Fastai ? "loss" : model.Spec.Data.Score.Words();
        return !wide ? "range test"
            : model.View.Cells.Any(cell => cell.Repeat is not null) ? $"{what} along the range test"
            : $"{what} along the range test, LR {HumanText.Rate(test.From)} to {HumanText.Rate(test.To)}";
    }

    private static string Test(ScreenModel model, CellRecord cell, RunningJob? job, int sparkline)
    {
        if (job?.Progress is { } progress)
        {
            double done = (double)progress.Step / Math.Max(1, progress.TotalSteps);
            int bar = Math.Max(0, sparkline - 6); // what follows it is longer than an accuracy
            return FormattableString.Invariant($"{Bar.Of(done, bar, "blue")} {100 * done,3:0}% LR {HumanText.Rate(progress.LearningRate, 2)}");
        }

        if (cell.Findings is { } found && model.CellCurves.TryGetValue(cell.Number, out RampCurve? curve) && curve.Values.Length > 0)
        {
            string best = curve.IsLoss ? HumanText.Loss(curve.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min()) : HumanText.Percent(found.BestAccuracy);
            return $"{RampSparkline.Of(curve, found.MaxLearningRate, sparkline)} [grey]{best}[/]";
        }

        return cell is { Status: JobStatus.Done, Outcome: null }
            ? "[grey]not tested[/]" // its rates are given, or follow from the tested cells
            : Markup.Escape(StatusText.Of(cell.Status, cell.Outcome));
    }
}
