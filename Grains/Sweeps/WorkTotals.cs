using System.Runtime.InteropServices;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Sweeps;

/// <summary>Sums over all jobs of a sweep: what those that ended took, what those that wait will take.</summary>
/// <param name="Seconds">Time of the jobs that ended.</param>
/// <param name="Epochs">Their epochs.</param>
/// <param name="TrialEpochs">Epochs of the trials among them.</param>
/// <param name="TrialRuns">Those trials.</param>
/// <param name="EpochsLeft">Epochs of the trials that wait, as far as those are known ahead.</param>
/// <param name="UnknownLeft">Trials that wait and are counted in steps.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WorkTotals(double Seconds, double Epochs, double TrialEpochs, int TrialRuns, double EpochsLeft, int UnknownLeft)
{
    /// <summary>No job.</summary>
    public static WorkTotals None { get; }

    /// <summary>Epochs that a trial took on average; 0 before the first.</summary>
    public double UsualEpochs => TrialRuns > 0 ? TrialEpochs / TrialRuns : 0;

    /// <summary>Epochs of the trials that wait; of one that is counted in steps as many as those that ended took on average.</summary>
    public double AllEpochsLeft => EpochsLeft + (UnknownLeft * UsualEpochs);

    /// <summary>With a trial.</summary>
    public WorkTotals Plus(TrialRecord trial, SweepSpec spec) => Moved(trial, spec, 1);

    /// <summary>Without a trial; null: none.</summary>
    public WorkTotals Minus(TrialRecord? trial, SweepSpec spec) => trial is null ? this : Moved(trial, spec, -1);

    /// <summary>With a range test; null: it has not run.</summary>
    public WorkTotals Plus(RunInfo? run) => Moved(run, 1);

    /// <summary>Without a range test; null: it had not run.</summary>
    public WorkTotals Minus(RunInfo? run) => Moved(run, -1);

    private WorkTotals Moved(RunInfo? run, int by) => run is null ? this : this with { Seconds = Seconds + (by * run.Seconds), Epochs = Epochs + (by * run.Epochs) };

    private WorkTotals Moved(TrialRecord trial, SweepSpec spec, int by)
    {
        WorkTotals next = Moved(trial.Run, by);
        if (trial.Run is { } run)
        {
            next = next with { TrialEpochs = next.TrialEpochs + (by * run.Epochs), TrialRuns = next.TrialRuns + by };
        }

        if (trial.Status is not (JobStatus.Ready or JobStatus.Waiting))
        {
            return next;
        }

        double planned = trial.Plan?.Epochs ?? spec.Training.Epochs;
        return planned > 0 ? next with { EpochsLeft = next.EpochsLeft + (by * planned) } : next with { UnknownLeft = next.UnknownLeft + by };
    }
}
