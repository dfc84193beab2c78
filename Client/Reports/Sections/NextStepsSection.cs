using System.Collections.Immutable;
using Sweeper.Client.Reports.Model;

namespace Sweeper.Client.Reports.Sections;

/// <summary>What to try next, by plain rules over the results; each is a rule of thumb of ours.</summary>
internal static class NextStepsSection
{
    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material)
    {
        ImmutableArray<ReportBlock.Paragraph> advice = [.. EdgeAdvice.Of(material), .. SeedAdvice.Of(material), .. RangeTestAdvice.Of(material), .. TroubleAdvice.Of(material)];
        return new ReportSection(
            "next",
            "What to try next",
            advice.IsEmpty
                ? [new ReportBlock.Paragraph("No rule applies: the best configuration lies inside the space and stands apart from the second.")]
                : [new ReportBlock.Bullets(advice)]);
    }
}
