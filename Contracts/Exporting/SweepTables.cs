using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Exporting;

/// <summary>A sweep as tables: one row a trial, a range test, or a point of a curve.</summary>
public static class SweepTables
{
    /// <summary>One row a trial.</summary>
    public static ExportTable Trials(SweepResults results) => ExportTable.Of(
        results.Trials,
        [
            new TextOf<TrialRecord>("sweep", _ => results.Summary.Name),
            new TextOf<TrialRecord>("trial", trial => new JobKey(results.Summary.Name, JobKind.Trial, trial.Number).ShortName),
            new WholeOf<TrialRecord>("cell", trial => trial.Cell),
            new NumberOf<TrialRecord>("max_lr", trial => trial.Configuration.MaxLearningRate > 0 ? trial.Configuration.MaxLearningRate : null),
            new WholeOf<TrialRecord>("batch_size", trial => trial.Configuration.BatchSize),
            new NumberOf<TrialRecord>("weight_decay", trial => trial.Configuration.WeightDecay),
            new NumberOf<TrialRecord>("dropout", trial => trial.Configuration.Dropout),
            new WholeOf<TrialRecord>("replicate", trial => trial.Replicate),
            new WholeOf<TrialRecord>("seed", trial => trial.Seed),
            new TextOf<TrialRecord>("state", trial => JobWords.Of(trial.Status, trial.Outcome)),
            new TextOf<TrialRecord>("evidence", trial => JobWords.Evidence(trial.Outcome)),
            new NumberOf<TrialRecord>("train_loss", trial => trial.Score?.TrainLoss),
            new NumberOf<TrialRecord>("validation_loss", trial => trial.Score?.ValidationLoss),
            new NumberOf<TrialRecord>($"validation_{results.Spec.Data.Score.Word()}", trial => trial.Score?.ValidationAccuracy),
            new NumberOf<TrialRecord>("test_loss", trial => trial.Score?.TestLoss),
            new NumberOf<TrialRecord>($"test_{results.Spec.Data.Score.Word()}", trial => trial.Score?.TestAccuracy),
            new TextOf<TrialRecord>("weights_sha256", trial => trial.Score?.WeightsHash),
            .. RunColumns<TrialRecord>(trial => trial.Attempts, trial => trial.Run),
            new TextOf<TrialRecord>("role", trial => trial.Role.ToString().ToLowerInvariant()),
            new TextOf<TrialRecord>("schedule", trial => (trial.Plan?.Schedule ?? results.Spec.Training.Schedule).Type.ToString().ToLowerInvariant()),
            new NumberOf<TrialRecord>("planned_epochs", trial => (trial.Plan?.Epochs ?? results.Spec.Training.Epochs) is > 0 and var epochs ? epochs : null),
            new WholeOf<TrialRecord>("rung", trial => trial.Plan?.Rung),
            new WholeOf<TrialRecord>("parent", trial => trial.Plan?.Parent),
            new TextOf<TrialRecord>("why", trial => trial.Plan?.Why),
            new WholeOf<TrialRecord>("planned_steps", trial => trial.Plan is { Epochs: > 0 } ? null : results.Spec.Training.Steps),
            new WholeOf<TrialRecord>("train_size", trial => trial.Configuration.TrainSize ?? results.Spec.Data.TrainSize),
            new WholeOf<TrialRecord>("train_images", trial => trial.Run is { TrainImages: > 0 } run ? run.TrainImages : null),
            .. MetricColumns(results, "validation", trial => trial.Score?.ValidationMetrics),
            .. MetricColumns(results, "test", trial => trial.Score?.TestMetrics),
            .. SettingColumns(results, (TrialRecord trial) => trial.Configuration.Model),
        ]);

    /// <summary>One row a cell.</summary>
    public static ExportTable RangeTests(SweepResults results) => ExportTable.Of(
        results.Cells,
        [
            new TextOf<CellRecord>("sweep", _ => results.Summary.Name),
            new TextOf<CellRecord>("range_test", cell => new JobKey(results.Summary.Name, JobKind.RangeTest, cell.Number).ShortName),
            new WholeOf<CellRecord>("batch_size", cell => cell.Key.BatchSize),
            new NumberOf<CellRecord>("weight_decay", cell => cell.Key.WeightDecay),
            new NumberOf<CellRecord>("dropout", cell => cell.Key.Dropout),
            new TextOf<CellRecord>("state", cell => JobWords.Of(cell.Status, cell.Outcome)),
            new TextOf<CellRecord>("verdict", cell => cell.Findings is { } found ? JobWords.Of(found.Verdict) : null),
            new TextOf<CellRecord>("evidence", cell => JobWords.Evidence(cell.Outcome)),
            new NumberOf<CellRecord>("max_lr", cell => cell.Findings?.MaxLearningRate),
            new NumberOf<CellRecord>("min_lr", cell => cell.Findings?.MinLearningRate),
            new NumberOf<CellRecord>("valley", cell => cell.Findings?.Valley),
            new NumberOf<CellRecord>("slide", cell => cell.Findings?.Slide),
            new NumberOf<CellRecord>("minimum", cell => cell.Findings?.Minimum),
            new NumberOf<CellRecord>("steep", cell => cell.Findings?.Steep),
            new NumberOf<CellRecord>("flatness", cell => cell.Findings?.Flatness),
            new NumberOf<CellRecord>($"best_{results.Spec.Data.Score.Word()}", cell => cell.Findings?.BestAccuracy),
            new NumberOf<CellRecord>("diverged_at", cell => cell.Findings?.DivergedAt),
            .. RunColumns<CellRecord>(cell => cell.Attempts, cell => cell.Run),
            new NumberOf<CellRecord>("length_factor", cell => cell.LengthFactor),
            new WholeOf<CellRecord>("train_size", cell => cell.Key.TrainSize ?? results.Spec.Data.TrainSize),
            new WholeOf<CellRecord>("train_images", cell => cell.Run is { TrainImages: > 0 } run ? run.TrainImages : null),
            new WholeOf<CellRecord>("repeats", cell => cell.Repeat?.Of),
            new NumberOf<CellRecord>("ramp_end", cell => cell.Repeat?.To ?? results.Spec.RangeTest.To),
            .. SettingColumns(results, (CellRecord cell) => cell.Key.Model),
        ]);

    /// <summary>One row a step that was recorded, and one a reading on held-out images.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="jobs">Jobs with their curves.</param>
    public static ExportTable Curves(string sweep, IEnumerable<(JobKey Job, JobCurves Curves)> jobs) => ExportTable.Of(
        [.. jobs.SelectMany(job => Points(job.Job, job.Curves))],
        [
            new TextOf<CurvePoint>("sweep", _ => sweep),
            new TextOf<CurvePoint>("job", point => point.Job.ShortName),
            new WholeOf<CurvePoint>("step", point => point.Step),
            new NumberOf<CurvePoint>("learning_rate", point => point.LearningRate),
            new NumberOf<CurvePoint>("momentum", point => point.Momentum),
            new NumberOf<CurvePoint>("train_loss", point => point.TrainLoss),
            new NumberOf<CurvePoint>("smoothed_loss", point => point.SmoothedLoss),
            new TextOf<CurvePoint>("images", point => point.Images),
            new NumberOf<CurvePoint>("loss", point => point.Loss),
            new NumberOf<CurvePoint>("accuracy", point => point.Accuracy),
        ]);

    /// <summary>A column for each of the model's own hyperparameters that the spec names.</summary>
    private static IEnumerable<IColumnOf<T>> SettingColumns<T>(SweepResults results, Func<T, ModelSettings?> settings) =>
        (results.Spec.Model.Settings?.List ?? []).Select(axis => axis.Words.IsEmpty
            ? (IColumnOf<T>)new NumberOf<T>(axis.Key, row => settings(row)?[axis.Name]?.Number)
            : new TextOf<T>(axis.Key, row => settings(row)?[axis.Name]?.Word));

    /// <summary>Columns of the metrics that fit the task, the log loss, which is the loss, left out, and of those of the user's own.</summary>
    private static IColumnOf<TrialRecord>[] MetricColumns(SweepResults results, string set, Func<TrialRecord, TrialMetrics?> metrics) =>
    [
        .. (results.Spec.Data.Task == TaskSpec.Regression ? new[] { Metric.Rmse, Metric.Mae } : [Metric.Top5Accuracy, Metric.BalancedAccuracy, Metric.MacroF1])
            .Select(metric => new NumberOf<TrialRecord>($"{set}_{metric.Word()}", trial => metrics(trial)?.Of(metric))),
        .. (results.Spec.Training.Metrics?.List ?? [])
            .Select(metric => new NumberOf<TrialRecord>($"{set}_{metric.Name}", trial => metrics(trial)?.Own?[metric.Name])),
    ];

    private static IColumnOf<T>[] RunColumns<T>(Func<T, int> attempts, Func<T, RunInfo?> run) =>
    [
        new WholeOf<T>("attempts", row => attempts(row)),
        new TextOf<T>("worker", row => run(row)?.Worker),
        new TextOf<T>("device", row => run(row)?.Device),
        new TextOf<T>("versions", row => run(row)?.Versions),
        new TextOf<T>("data_sha256", row => run(row)?.DataHash),
        new WholeOf<T>("parameters", row => run(row)?.Parameters),
        new WholeOf<T>("memory_bytes", row => run(row)?.MemoryBytes),
        new MomentOf<T>("started_at", row => run(row)?.StartedAt),
        new NumberOf<T>("seconds", row => run(row)?.Seconds),
        new WholeOf<T>("steps", row => run(row)?.Steps),
        new NumberOf<T>("epochs", row => run(row)?.Epochs),
        new NumberOf<T>("cooldown_epochs", row => run(row)?.CooldownEpochs),
        new NumberOf<T>("images_per_second", row => run(row)?.ImagesPerSecond),
        new WholeOf<T>("resumed_from_step", row => run(row)?.ResumedFromStep),
    ];

    private static IEnumerable<CurvePoint> Points(JobKey job, JobCurves curves)
    {
        IEnumerable<CurvePoint> steps = curves.Step.Select((step, i) => new CurvePoint(
            job, step, curves.LearningRate[i], curves.Momentum[i], curves.TrainLoss[i], curves.SmoothedLoss[i], null, null, null));
        IEnumerable<CurvePoint> readings = curves.Evaluations.Select(reading => new CurvePoint(
            job, reading.Step, null, null, null, null,
            reading.Images.ToString().ToLowerInvariant(), reading.Loss, reading.Accuracy));
        return steps.Concat(readings).OrderBy(point => point.Step);
    }

    private sealed record CurvePoint(
        JobKey Job, int Step, double? LearningRate, double? Momentum, double? TrainLoss, double? SmoothedLoss,
        string? Images, double? Loss, double? Accuracy);
}
