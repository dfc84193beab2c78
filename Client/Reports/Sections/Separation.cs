using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Whether the best configuration is better than the second by more than the luck of its seeds.</summary>
internal static class Separation
{
    // Two standard errors: about the 5 % level with a handful of seeds. A rule of thumb of ours, not a test.
    private const double StandardErrors = 2;

    // What two decimals of a percentage cannot show.
    private const double LeastGap = 0.00005;

    /// <summary>Whether the top two are told apart; null where a spread is missing, so that nobody can say.</summary>
    public static bool? IsClear(ReportMaterial material)
    {
        if (material.Rows is not [var first, var second, ..]
            || material.DeviationOf(first) is not { } one
            || material.DeviationOf(second) is not { } two)
        {
            return null;
        }

        return Gap(material) > StandardErrors * Math.Sqrt((one * one / first.Replicates) + (two * two / second.Replicates));
    }

    /// <summary>A sentence about the top two; there must be two.</summary>
    public static string Of(ReportMaterial material)
    {
        LeaderboardRow second = material.Rows[1];
        if (Gap(material) < LeastGap)
        {
            return $"The second ({material.Apart(second.Configuration)}) is level with it.";
        }

        string lead = FormattableString.Invariant($"It leads the second ({material.Apart(second.Configuration)}) by {100 * Gap(material):0.00} points");
        return IsClear(material) switch
        {
            true => $"{lead}, more than two standard errors.",
            false => $"{lead}, less than two standard errors: the two are not separated.",
            null => $"{lead}; with one seed each nobody can say whether that is more than luck.",
        };
    }

    private static double Gap(ReportMaterial material) => material.AccuracyOf(material.Rows[0]) - material.AccuracyOf(material.Rows[1]);
}
