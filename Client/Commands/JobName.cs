using System.Globalization;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary>Reads a job's short name.</summary>
internal static class JobName
{
    /// <summary><c>T-0012</c>, <c>t12</c>, <c>12</c> are trials; <c>R-003</c> is a range test.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="text">As typed.</param>
    /// <exception cref="CliException">It is no name of a job.</exception>
    public static JobKey Parse(string sweep, string text)
    {
        JobKind kind = text.StartsWith('R') || text.StartsWith('r') ? JobKind.RangeTest : JobKind.Trial;
        string digits = text.TrimStart('T', 't', 'R', 'r').TrimStart('-');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? new JobKey(sweep, kind, number)
            : throw new CliException(ExitCode.BadInput, $"'{text}' is no job; T-0001 is a trial, R-001 a range test.");
    }

    /// <summary>Checks that a sweep has the jobs.</summary>
    /// <exception cref="CliException">It lacks some: all of them.</exception>
    public static void CheckExist(SweepResults results, params IEnumerable<JobKey> jobs)
    {
        JobKey[] missing =
        [
            .. jobs.Where(job => job.Kind == JobKind.Trial
                ? results.Trials.All(trial => trial.Number != job.Number)
                : results.Cells.All(cell => cell.Number != job.Number)),
        ];
        if (missing.Length > 0)
        {
            throw new CliException(
                ExitCode.BadInput,
                $"The sweep '{results.Summary.Name}' has no {string.Join(", ", missing.Select(job => job.ShortName))}; "
                + $"it has {HumanText.Count(results.Trials.Length, "trial")} and {HumanText.Count(results.Cells.Length, "cell")}.");
        }
    }
}
