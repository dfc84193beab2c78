using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>All configurations at once, as lines over their hyperparameters.</summary>
internal static class ParallelSection
{
    private static readonly ImmutableArray<string> Colors = ["blue, thick", "vermilion, dashed", "green, dotted", "purple, dash-dotted", "orange, dashed"];

    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material)
    {
        Configuration[] without = [.. material.WithoutResult];
        return new ReportSection(
            "configurations",
            "All configurations",
            material.OfOneLength.Length + without.Length < 2
                ? [new ReportBlock.Paragraph("There are not yet two configurations to compare.")]
                : [Figure(material, without)]);
    }

    private static ReportBlock.Figure Figure(ReportMaterial material, Configuration[] without)
    {
        var lines = new ParallelCoordinates(material.Axes, $"{material.RankedBy} {material.Score}");
        string best = string.Join("; ", material.OfOneLength.Take(ParallelCoordinates.Named).Select((row, i) => $"{i + 1} {material.Apart(row.Configuration)} ({Colors[i]})"));
        string grey = material.OfOneLength.Length > ParallelCoordinates.Named ? " The others are grey." : "";
        string lost = without.Length == 0 ? "" : $" Fine dotted lines that end below the scale have no result ({HumanText.Count(without.Length, "configuration")}).";
        return new ReportBlock.Figure(
            "configurations",
            $"Parallel coordinates: each line is a configuration, from its hyperparameters to the {material.Score} that it reached. {best}{(best.Length > 0 ? "." : "")}{grey}{lost}",
            $"Parallel coordinates of {HumanText.Count(material.OfOneLength.Length + without.Length, "configuration")} over {string.Join(", ", material.Axes.Select(axis => axis.Header))} and {material.RankedBy} {material.Score}. "
                + "The leaderboard has the same numbers as a table.",
            lines.Draw([.. material.OfOneLength.Select(row => (row.Configuration, material.AccuracyOf(row)))], without));
    }
}
