using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>Whether a sweep reached what it was for.</summary>
internal static class SweepVerdict
{
    /// <summary>Exit code of a command that waited for the sweep.</summary>
    /// <param name="results">The sweep.</param>
    public static int ExitCodeOf(SweepResults results)
    {
        bool reached = results.Spec.Purpose switch
        {
            SweepPurpose.RangeTestsOnly => results.Cells.Any(cell => cell.Findings is not null),
            SweepPurpose.ResumeCheck => results.Trials.Any(trial => trial.Outcome is JobOutcome.ResumeChecked { Equal: true }),
            _ => results.Trials.Any(trial => trial.Score is not null),
        };
        return reached && results.Summary.Status != SweepStatus.Cancelled ? ExitCode.Ok : ExitCode.Failed;
    }
}
