using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Heat maps of accuracy: max LR against weight decay, then every other pair of hyperparameters that varies.</summary>
internal static class HeatMapSection
{
    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material)
    {
        ImmutableArray<ReportBlock> maps = [.. Pairs(material).Select(pair => HeatMap.Of(material, pair.Down, pair.Across))];
        return new ReportSection(
            "heat-maps",
            "Heat maps",
            maps.IsEmpty
                ? [new ReportBlock.Paragraph("None: they need a trial that ended and at least one hyperparameter with two values.")]
                :
                [
                    new ReportBlock.Paragraph(
                        $"Mean {material.RankedBy} {material.Score} in % over the configurations of a square{material.LengthWords}; lighter is better, ★ marks the best, what lies far below the others is darkest. "
                        + "× was tried and has no result, an empty hatched square was not tried."),
                    .. maps,
                ]);
    }

    private static IEnumerable<(Axis Down, Axis Across)> Pairs(ReportMaterial material)
    {
        ImmutableArray<Axis> varying = [.. material.Axes.Where(axis => material.OfOneLength.Select(row => axis.Of(row.Configuration)).Concat(material.WithoutResult.Select(axis.Of)).Distinct().Skip(1).Any())];
        if (material.OfOneLength.IsEmpty || varying.IsEmpty)
        {
            return [];
        }

        (Axis rate, Axis batch, Axis decay, Axis dropout, Axis images) = (Axis.All[0], Axis.All[1], Axis.All[2], Axis.All[3], Axis.All[4]);
        (Axis Down, Axis Across)[] others = [(batch, rate), (dropout, rate), (decay, batch), (dropout, batch), (dropout, decay), (images, rate), (images, batch), (images, decay), (images, dropout)];
        return
        [
            .. varying.Contains(rate) || varying.Contains(decay) ? [(decay, rate)] : Array.Empty<(Axis, Axis)>(),
            .. others.Where(pair => varying.Contains(pair.Down) && varying.Contains(pair.Across)),
        ];
    }
}
