using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// What a running attempt has recorded so far, for those who watch. Points are at least so far apart that a whole run has a
/// few hundred; each knows in which view of the sweep it first stood.
/// </summary>
/// <param name="attempt">Which attempt.</param>
/// <param name="totalSteps">Steps of the whole job.</param>
/// <param name="since">View in which the attempt first stood.</param>
internal sealed class LiveCurve(int attempt, int totalSteps, long since)
{
    /// <summary>Most points, and most readings, give or take one.</summary>
    public const int Most = 400;

    private readonly int _spacing = Math.Max(1, totalSteps / Most);
    private readonly List<(long View, JobProgress At)> _points = [];
    private readonly List<(long View, Evaluation Reading)> _readings = [];
    private double? _lastAccuracy;

    /// <summary>Which attempt.</summary>
    public int Attempt => attempt;

    /// <summary>Steps of the whole job.</summary>
    public int TotalSteps => totalSteps;

    /// <summary>View in which the attempt first stood.</summary>
    public long Since => since;

    /// <summary>Takes up a report.</summary>
    /// <param name="progress">Report of this attempt.</param>
    /// <param name="view">View that it will first stand in.</param>
    public void Add(JobProgress progress, long view)
    {
        if (progress.Step > 0 && double.IsFinite(progress.TrainLoss) && IsApart(_points.Count == 0 ? null : _points[^1].At.Step, progress.Step, progress))
        {
            _points.Add((view, progress));
        }

        if (progress.Readings is { } readings)
        {
            for (int i = 0; i < readings.Steps.Length; i++)
            {
                Add(new Evaluation(readings.Steps[i], EvaluationSet.Validation, double.NaN, readings.Accuracies[i]), view, progress);
            }
        }
        else if (progress.Accuracy is { } accuracy && accuracy != _lastAccuracy)
        {
            // Range tests, and trials without validation images, say only where they stand.
            EvaluationSet images = progress.Key.Kind == JobKind.RangeTest ? EvaluationSet.Validation : EvaluationSet.Test;
            Add(new Evaluation(progress.Step, images, double.NaN, accuracy), view, progress);
        }

        _lastAccuracy = progress.Accuracy;
    }

    /// <summary>What has come after a view.</summary>
    public JobCurves After(long view)
    {
        JobProgress[] points = [.. _points.Where(point => point.View > view).Select(point => point.At)];
        return new JobCurves(
            [.. points.Select(point => point.Step)],
            [.. points.Select(point => point.LearningRate)],
            [.. points.Select(point => point.Momentum)],
            [.. points.Select(point => point.TrainLoss)],
            [.. points.Select(_ => double.NaN)],
            [.. _readings.Where(reading => reading.View > view).Select(reading => reading.Reading)]);
    }

    private void Add(Evaluation reading, long view, JobProgress progress)
    {
        if (IsApart(_readings.Count == 0 ? null : _readings[^1].Reading.Step, reading.Step, progress))
        {
            _readings.Add((view, reading));
        }
    }

    private bool IsApart(int? last, int step, JobProgress progress) => last is not { } before
        || step - before >= _spacing
        || (step > before && step == progress.TotalSteps);
}
