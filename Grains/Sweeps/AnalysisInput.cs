using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Analysis;

namespace Sweeper.Grains.Sweeps;

/// <summary>A sweep's trials as the analysis takes them.</summary>
internal static class AnalysisInput
{
    /// <summary>Trials whose curves the analysis wants: baselines count at every step, cycles only at their end.</summary>
    public static IEnumerable<TrialRecord> WithCurves(SweepResults results) => results.Trials.Where(trial =>
        trial.Score is not null && KindOf(results.Spec, trial) != ScheduleKind.OneCycle);

    /// <summary>The trials that ended with a score or by divergence; those that chose the momentum are left out.</summary>
    /// <param name="results">The sweep.</param>
    /// <param name="curves">Curves by trial number.</param>
    public static ImmutableArray<AnalysedTrial> Of(SweepResults results, IReadOnlyDictionary<int, JobCurves> curves)
    {
        Dictionary<(int Batch, int? Images), double> stepsPerEpoch = [];
        foreach (TrialRecord trial in results.Trials.Where(trial => trial is { Score: not null, Run.Epochs: > 0 }))
        {
            stepsPerEpoch[(trial.Configuration.BatchSize, trial.Configuration.TrainSize)] =
                trial.Run!.Steps / (trial.Run.Epochs - trial.Run.CooldownEpochs); // filtered by it
        }

        return
        [
            .. results.Trials
                .Where(trial => trial.Role != TrialRole.Momentum && (trial.Score is not null || trial.Outcome is JobOutcome.Diverged))
                .Select(trial => Of(results.Spec, trial, curves.GetValueOrDefault(trial.Number), stepsPerEpoch)),
        ];
    }

    private static AnalysedTrial Of(SweepSpec spec, TrialRecord trial, JobCurves? curves, Dictionary<(int Batch, int? Images), double> stepsPerEpoch)
    {
        double planned = trial.Plan?.Epochs ?? spec.Training.Epochs;
        int? given = planned > 0 ? null : spec.Training.Steps;
        bool known = stepsPerEpoch.TryGetValue((trial.Configuration.BatchSize, trial.Configuration.TrainSize), out double perEpoch);
        double epochs = given is { } whole ? known ? whole / perEpoch : trial.Run?.Epochs ?? 0 : planned + (trial.Plan?.Lineage?.EpochsBefore ?? 0);
        int steps = given
            ?? (trial.Outcome is JobOutcome.Diverged && known ? (int)Math.Round(planned * perEpoch) : trial.Run?.Steps ?? 0);
        bool validated = trial.Score?.ValidationAccuracy is not null;
        EvaluationSet images = validated ? EvaluationSet.Validation : EvaluationSet.Test;
        return new AnalysedTrial(
            trial.Number,
            trial.Configuration.MaxLearningRate,
            trial.Configuration.BatchSize,
            trial.Configuration.WeightDecay,
            trial.Configuration.Dropout,
            trial.Seed,
            epochs,
            Math.Max(1, steps),
            trial.Run?.Seconds ?? 0,
            NotBelowGuessing(trial.Score?.ValidationAccuracy),
            NotBelowGuessing(trial.Score?.TestAccuracy),
            trial.Outcome is JobOutcome.Diverged,
            KindOf(spec, trial),
            curves is null ? [] : [.. curves.Evaluations.Where(reading => reading.Images == images).Select(reading => new CurveReading(reading.Step, Math.Max(0, reading.Accuracy)))],
            spec.Data.TrainSizes is null ? 0 : trial.Run?.TrainImages ?? 0,
            given is not null);
    }

    /// <summary>An R² below 0 has no bound: how much worse than guessing a trial is would decide every mean.</summary>
    private static double? NotBelowGuessing(double? score) => score is { } value ? Math.Max(0, value) : null;

    private static ScheduleKind KindOf(SweepSpec spec, TrialRecord trial) => (trial.Plan?.Schedule ?? spec.Training.Schedule).Type switch
    {
        ScheduleType.Constant => ScheduleKind.Constant,
        ScheduleType.Step => ScheduleKind.Step,
        _ => ScheduleKind.OneCycle,
    };
}
