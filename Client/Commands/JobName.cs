using System.Globalization;
using Sweeper.Contracts.Jobs;

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
}
