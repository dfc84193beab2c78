using System.Collections.Immutable;
using Sweeper.Client.Plotting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>LR range tests: a picture of each, as far as there is room, and a table of all.</summary>
internal static class RangeTestSection
{
    /// <summary>Pictures at most; the table has the others.</summary>
    public const int MostPictures = 12;

    private static readonly ImmutableArray<string> Measures = ["max LR", "min LR", "valley", "slide", "minimum", "steep", "flatness"];

    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material)
    {
        ImmutableArray<CellRecord> tested = [.. material.Results.Cells.Where(cell => cell.Outcome is not null)];
        if (tested.IsEmpty)
        {
            return new ReportSection(
                "range-tests",
                "LR range tests",
                [new ReportBlock.Paragraph(
                    material.AsksForRangeTests
                        ? "None has ended yet."
                        : "None was asked for: with max_lr: range_test in the search space, each cell of batch size, weight decay and dropout gets one.")]);
        }

        ImmutableArray<CellRecord> drawn = [.. tested.Where(cell => cell.Findings is not null && material.RangeTests.ContainsKey(cell.Number))];
        string rest = drawn.Length < tested.Length ? $" {drawn.Length} of {tested.Length} are drawn, those of the best configurations first; the table has all." : "";
        return new ReportSection(
            "range-tests",
            "LR range tests",
            [
                new ReportBlock.Paragraph(
                    (material.Results.Spec.RangeTest.Method == RangeTestMethod.Smith
                        ? $"The rate rises in a straight line while the network trains; where {material.Score} stays flat far to the right, super-convergence can work."
                        : "The rate rises exponentially while the network trains; the loss falls, bends and blows up.")
                    + rest),
                .. drawn.Select(cell => Figure(material, cell)),
                Table(material, tested),
                .. material.Results.BatchRule is { } rule ? [new ReportBlock.Paragraph($"At equal weight decay and dropout {rule.Words}.", "Batch size.")] : Array.Empty<ReportBlock>(),
            ]);
    }

    private static ReportBlock.Figure Figure(ReportMaterial material, CellRecord cell)
    {
        RangeTestFindings found = cell.Findings!; // only cells with findings are drawn
        string name = FormattableString.Invariant($"range-test-{cell.Number:000}");
        string point = material.Whole(CellsTable.PointOf(cell.Key));
        string suggestions =
            $"max LR {HumanText.Rate(found.MaxLearningRate)}, valley {HumanText.Rate(found.Valley)}, slide {HumanText.Rate(found.Slide)}, "
            + $"minimum {HumanText.Rate(found.Minimum)}, steep {HumanText.Rate(found.Steep)}";
        return new ReportBlock.Figure(
            name,
            $"{material.CellName(cell.Number)}, {point}: {StatusText.Of(found.Verdict)}. {found.Evidence}",
            $"LR range test of {point}. Suggestions: {suggestions}. Best {material.Score} {HumanText.Percent(found.BestAccuracy)}"
                + (found.DivergedAt is { } rate ? $"; diverged at {HumanText.Rate(rate)}." : "; no divergence."),
            InlineSvg.Of(RangeTestPicture.Of(name, cell, material.RangeTests[cell.Number], material.Results.Spec.RangeTest.Method, material.Results.Spec.Data.Score)));
    }

    private static ReportBlock.Table Table(ReportMaterial material, ImmutableArray<CellRecord> tested)
    {
        ImmutableArray<Axis> axes = [.. Axis.Varying(tested.Select(cell => CellsTable.PointOf(cell.Key))).Where(axis => axis != Axis.All[0])];
        return new ReportBlock.Table(
            $"Every range test with its suggestions. max LR and min LR are Smith's, the next four fastai's; flatness is the mean {material.Score} over the top fifth of rates divided by the best.",
            [
                new ReportColumn("cell"), .. axes.Select(axis => ReportColumn.Number(axis.Header)),
                .. Measures.Select(ReportColumn.Number), ReportColumn.Number(material.Results.Spec.Data.Score == Metric.Accuracy ? "best acc." : $"best {material.Score}"),
                new ReportColumn("super-convergence"),
            ],
            [
                .. tested.Select(cell => ImmutableArray.Create<ReportCell>([
                    new ReportCell.Plain(material.CellName(cell.Number)),
                    .. axes.Select(axis => new ReportCell.Plain(axis.Text(CellsTable.PointOf(cell.Key)))),
                    .. Numbers(cell.Findings).Select(words => new ReportCell.Plain(words)),
                    new ReportCell.Plain(cell.Findings is { } found ? StatusText.Of(found.Verdict) : StatusText.Of(cell.Status, cell.Outcome)),
                ])),
            ]);
    }

    private static IEnumerable<string> Numbers(RangeTestFindings? found) =>
    [
        .. new[] { found?.MaxLearningRate, found?.MinLearningRate, found?.Valley, found?.Slide, found?.Minimum, found?.Steep, found?.Flatness }
            .Select(rate => HumanText.Rate(rate)),
        HumanText.Percent(found?.BestAccuracy),
    ];
}
