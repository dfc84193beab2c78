using Sweeper.Training.Schedules;

namespace Sweeper.Training.Running;

/// <summary>Turns what happens in a run into progress reports, not more often than asked for.</summary>
/// <param name="progress">Who is told; null: nobody.</param>
/// <param name="interval">Shortest time between two reports.</param>
/// <param name="time">Source of time.</param>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, TimeSpan interval, TimeProvider time)
{
    private long? _last;
    private bool _hasNews = true;
    private SchedulePoint _point;
    private double _loss = double.NaN;
    private double _lossSum;
    private int _lossCount;
    private double? _validation;
    private double? _test;
    private List<EvaluationReading> _readings = [];

    /// <summary>Whether enough time has passed since the last report.</summary>
    public bool IsDue => progress is not null && (_last is not { } last || time.GetElapsedTime(last) >= interval);

    /// <summary>Takes up a step.</summary>
    public void Add(SchedulePoint point, double loss)
    {
        _hasNews = true;
        _point = point;
        _lossSum += loss;
        _lossCount++;
    }

    /// <summary>Takes up a reading of the run itself; one of an annealed copy is no news of it.</summary>
    public void Add(EvaluationReading reading)
    {
        _hasNews = true;
        switch (reading.Images)
        {
            case EvaluationImages.Validation:
                _validation = reading.Accuracy;
                _readings.Add(reading);
                break;
            case EvaluationImages.Test:
                _test = reading.Accuracy;
                break;
        }
    }

    /// <summary>Lets the next report through though nothing has changed: whoever hears it may want the run to stop.</summary>
    public void Renew() => _hasNews = true;

    /// <summary>Reports now; no effect where nothing has happened since the last report.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="totalSteps">Steps in the run.</param>
    /// <param name="stepsOfAttempt">Steps taken by this attempt.</param>
    /// <param name="imagesPerSecond">Speed of training.</param>
    /// <param name="clock">Time so far.</param>
    /// <param name="memoryBytes">Memory of a step; null where it is not known.</param>
    public void Report(int step, int totalSteps, int stepsOfAttempt, double imagesPerSecond, RunClock clock, long? memoryBytes)
    {
        if (progress is null || !_hasNews)
        {
            return;
        }

        _hasNews = false;
        if (_lossCount > 0)
        {
            _loss = _lossSum / _lossCount;
            (_lossSum, _lossCount) = (0, 0);
        }

        _last = time.GetTimestamp();
        TimeSpan? left = stepsOfAttempt > 0 ? clock.Attempt / stepsOfAttempt * (totalSteps - step) : null;
        List<EvaluationReading> readings = _readings;
        _readings = [];
        progress.Report(new TrainingProgress(
            step, totalSteps, _point.LearningRate, _point.Momentum, _loss, _validation, _test, imagesPerSecond, left)
        {
            NewReadings = readings,
            MemoryBytes = memoryBytes,
        });
    }
}
