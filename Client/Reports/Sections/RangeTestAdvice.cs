using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Advice where range tests could not decide.</summary>
internal static class RangeTestAdvice
{
    // A ramp that rises too fast fails for its own reason; four times as long is Smith's advice in arXiv:1803.09820, 4.1.
    private const int LongerRamp = 4;

    // A suggestion this near to the ramp's end was cut off by it.
    private const double AtTheEnd = 0.95;

    /// <summary>A paragraph for each rule that applies.</summary>
    public static IEnumerable<ReportBlock.Paragraph> Of(ReportMaterial material)
    {
        RangeTestSpec spec = material.Results.Spec.RangeTest;
        CellRecord[] unclear = [.. material.Results.Cells.Where(cell => cell.Findings?.Verdict == RangeTestVerdict.Inconclusive)];
        if (unclear.Length > 0)
        {
            string length = spec.Steps is { } steps
                ? FormattableString.Invariant($"set range_test.steps to {LongerRamp * steps}")
                : FormattableString.Invariant($"set range_test.epochs to {LongerRamp * spec.Epochs:0.##}");
            yield return new ReportBlock.Paragraph(
                $"{HumanText.Count(unclear.Length, "range test")} of {material.Results.Cells.Length} {(unclear.Length == 1 ? "is" : "are")} inconclusive ({Names(material, unclear)}): {length}.",
                "A longer ramp.");
        }

        CellRecord[] cut = [.. material.Results.Cells.Where(cell => cell.Findings is { DivergedAt: null, MaxLearningRate: { } rate } && rate >= AtTheEnd * spec.To)];
        if (cut.Length > 0)
        {
            yield return new ReportBlock.Paragraph(
                $"The {material.Score} of {Names(material, cut)} had not fallen when the ramp ended at {HumanText.Rate(spec.To)}: set range_test.to to {HumanText.Rate(3 * spec.To)}.",
                "A higher ramp.");
        }
    }

    private static string Names(ReportMaterial material, CellRecord[] cells) =>
        string.Join(", ", cells.Take(5).Select(cell => material.CellName(cell.Number))) + (cells.Length > 5 ? " …" : "");
}
