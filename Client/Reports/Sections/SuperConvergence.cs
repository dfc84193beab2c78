using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Whether super-convergence was seen, and how far what was measured carries that.</summary>
internal static class SuperConvergence
{
    /// <summary>The verdict in words: the claims against baselines where there are any, else what range tests allow.</summary>
    public static string Of(ReportMaterial material) => material.Analysis is { Claims: { IsEmpty: false } claims }
        ? string.Join(' ', claims.Select(claim => claim.Sentence))
        : ByRangeTests(material);

    private static string ByRangeTests(ReportMaterial material)
    {
        RangeTestVerdict[] verdicts = [.. material.Results.Cells.Select(cell => cell.Findings?.Verdict).OfType<RangeTestVerdict>()];
        if (verdicts.Length == 0)
        {
            return "Nothing here can tell: no range test ran and no ordinary schedule was trained beside these trials.";
        }

        int possible = verdicts.Count(verdict => verdict == RangeTestVerdict.Possible);
        int not = verdicts.Count(verdict => verdict == RangeTestVerdict.NotPossible);
        int unclear = verdicts.Length - possible - not;
        string counted = FormattableString.Invariant($"({possible} possible, {not} not possible, {unclear} inconclusive)");
        string verdict = possible == verdicts.Length ? $"Possible by {(verdicts.Length == 1 ? "the range test" : $"all {verdicts.Length} range tests")}: {material.Score} stays nearly flat up to very large learning rates."
            : possible > 0 ? $"Possible in part of the space, by {HumanText.Count(verdicts.Length, "range test")} {counted}."
            : unclear > 0 ? $"Not shown: no range test found it possible {counted}."
            : $"Not possible by {HumanText.Count(verdicts.Length, "range test")}: {material.Score} peaks and collapses as the rate grows.";
        return $"{verdict} A range test tells whether it can work, not that it is faster: for that, train an ordinary schedule for longer and compare.";
    }
}
