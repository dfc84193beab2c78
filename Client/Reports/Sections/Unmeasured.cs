using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>What a reader might take for granted and nobody has measured.</summary>
internal static class Unmeasured
{
    /// <summary>A sentence each; empty where nothing is missing.</summary>
    public static ImmutableArray<string> Of(ReportMaterial material) => [.. Sentences(material)];

    private static IEnumerable<string> Sentences(ReportMaterial material)
    {
        SweepResults results = material.Results;
        if (!material.Rows.IsEmpty && material.Rows.All(row => row.Replicates == 1))
        {
            yield return "The luck of the seed: every configuration ran once, so no figure has a spread.";
        }

        int open = results.Trials.Count(trial => trial.Outcome is null);
        if (open > 0)
        {
            int skipped = results.Trials.Count(trial => trial.Status == JobStatus.Skipped);
            yield return $"{HumanText.Count(open, "trial")} of {results.Trials.Length} without an outcome{(skipped > 0 ? $" ({skipped} skipped: a limit, a cancel, or a cell without a usable range test)" : "")}.";
        }

        int untested = results.Cells.Count(cell => cell.Findings is null);
        if (!material.AsksForRangeTests)
        {
            yield return "How much larger the rate could be: no range test was asked for.";
        }
        else if (untested > 0)
        {
            yield return $"Range tests of {untested} of {HumanText.Count(results.Cells.Length, "cell")}.";
        }

        if (!material.Rows.IsEmpty && material.Analysis is not { Claims.IsEmpty: false })
        {
            yield return "Speed against an ordinary schedule: none was compared with.";
        }
    }
}
