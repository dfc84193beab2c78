using Sweeper.Training.Schedules;

namespace Sweeper.Training.Running;

/// <summary>Turns what happens in a run into progress reports, not more often than asked for.</summary>
/// <param name="progress">Who is told; null: nobody.</param>
/// <param name="interval">Shortest time between two reports.</param>
/// <param name="time">Source of time.</param>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, TimeSpan interval, TimeProvider time)
{
    private long? _last;
    private SchedulePoint _point;
    private double _lossSum;
    private int _lossCount;
    private double? _validation;
    private double? _test;

    /// <summary>Whether enough time has passed since the last report.</summary>
    public bool IsDue => progress is not null && (_last is not { } last || time.GetElapsedTime(last) >= interval);

    /// <summary>Takes up a step.</summary>
    public void Add(SchedulePoint point, double loss)
    {
        _point = point;
        _lossSum += loss;
        _lossCount++;
    }

    /// <summary>Takes up a reading.</summary>
    public void Add(EvaluationReading reading)
    {
        if (reading.Images == EvaluationImages.Validation)
        {
            _validation = reading.Accuracy;
        }
        else
        {
            _test = reading.Accuracy;
        }
    }

    /// <summary>Reports now.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="totalSteps">Steps in the run.</param>
    /// <param name="stepsOfAttempt">Steps taken by this attempt.</param>
    /// <param name="imagesPerSecond">Speed of training.</param>
    /// <param name="clock">Time so far.</param>
    public void Report(int step, int totalSteps, int stepsOfAttempt, double imagesPerSecond, RunClock clock)
    {
        if (progress is null)
        {
            return;
        }

        _last = time.GetTimestamp();
        TimeSpan? left = stepsOfAttempt > 0 ? clock.Attempt / stepsOfAttempt * (totalSteps - step) : null;
        progress.Report(new TrainingProgress(
            step, totalSteps, _point.LearningRate, _point.Momentum, _lossSum / _lossCount, _validation, _test, imagesPerSecond, left));
        (_lossSum, _lossCount) = (0, 0);
    }
}
