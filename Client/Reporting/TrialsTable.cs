using System.Collections.Immutable;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>Every trial of a sweep, a line each.</summary>
internal static class TrialsTable
{
    /// <summary>Draws it.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="trials">At least one.</param>
    public static Table Of(string sweep, ImmutableArray<TrialRecord> trials)
    {
        ImmutableArray<Axis> axes = Axis.Varying(trials.Select(trial => trial.Configuration));
        bool planned = trials.Any(trial => trial.Plan is not null);
        bool counted = trials.Any(trial => trial.Plan is { Epochs: > 0 });
        string[] own = [.. planned ? ["for"] : Array.Empty<string>(), .. counted ? ["epochs"] : Array.Empty<string>()];
        Table table = PlainTable.Of(["trial", "cell", .. own, .. axes.Select(axis => axis.Header), "seed", "state", "validation", "test", "time", "tries"]);
        foreach (TrialRecord trial in trials)
        {
            table.AddRow([
                PlainTable.Cell(new JobKey(sweep, JobKind.Trial, trial.Number).ShortName),
                PlainTable.Cell(new JobKey(sweep, JobKind.RangeTest, trial.Cell).ShortName),
                .. planned ? [PlainTable.Cell(For(trial))] : Array.Empty<Text>(),
                .. counted ? [PlainTable.Cell(FormattableString.Invariant($"{trial.Plan?.Epochs:0.##}"))] : Array.Empty<Text>(),
                .. axes.Select(axis => PlainTable.Cell(Unknown(axis, trial) ? HumanText.None : axis.Text(trial.Configuration))),
                PlainTable.Cell(FormattableString.Invariant($"{trial.Replicate}")),
                PlainTable.Cell(StatusText.Of(trial.Status, trial.Outcome) + (trial.Run?.ReusedFrom is null ? "" : ", reused")),
                PlainTable.Cell(HumanText.Percent(trial.Score?.ValidationAccuracy)),
                PlainTable.Cell(HumanText.Percent(trial.Score?.TestAccuracy)),
                PlainTable.Cell(HumanText.Duration(trial.Run?.Seconds)),
                PlainTable.Cell(FormattableString.Invariant($"{trial.Attempts}")),
            ]);
        }

        return table;
    }

    private static string For(TrialRecord trial) => trial.Role switch
    {
        TrialRole.Candidate => "1cycle",
        TrialRole.Momentum => "momentum",
        TrialRole.Baseline => trial.Plan?.Schedule.Type == Contracts.Specs.ScheduleType.Constant ? "constant" : "step",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // A trial that still waits for its range test has no learning rate.
    private static bool Unknown(Axis axis, TrialRecord trial) => axis == Axis.All[0] && trial.Configuration.MaxLearningRate == 0;
}
