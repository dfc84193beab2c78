using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Advice where the winner may be luck.</summary>
internal static class SeedAdvice
{
    private const int LeastSeeds = 3;

    /// <summary>A paragraph for each rule that applies.</summary>
    public static IEnumerable<ReportBlock.Paragraph> Of(ReportMaterial material)
    {
        if (material.Rows.IsEmpty)
        {
            yield break;
        }

        int seeds = material.Results.Spec.Search.Seeds;
        if (material.Rows.Length > 1 && Separation.IsClear(material) != true)
        {
            int more = Math.Max(LeastSeeds, 2 * seeds);
            yield return new ReportBlock.Paragraph(
                FormattableString.Invariant($"The best two configurations are not told apart with {HumanText.Count(seeds, "seed")} each: set search.seeds to {more}, with a space of only the best few."),
                "More seeds.");
        }

        if (material.Results.Spec.Search.SelectBy == SelectionSet.Test || !material.ByValidation)
        {
            yield return new ReportBlock.Paragraph("Set data.validation above 0 and search.select_by to validation, so that the test accuracy stays a fair figure.", "Select by validation.");
        }
    }
}
