using System.Diagnostics;

namespace Sweeper.Training.Running;

/// <summary>
/// Spans and measurements of a run, the spans below the span that is current on its thread: passes, and in them training, readings and checkpoints.
/// Nothing is done per step; a run of very many short passes has several of them in a span.
/// </summary>
/// <param name="stepsPerEpoch">Steps in one pass.</param>
/// <param name="totalSteps">Steps in the run.</param>
internal sealed class RunSpans(int stepsPerEpoch, int totalSteps)
{
    /// <summary>Most spans of passes in a run.</summary>
    private const int MostEpochs = 200;

    private readonly int _stepsPerSpan = stepsPerEpoch * Math.Max(1, ((totalSteps / stepsPerEpoch) + MostEpochs - 1) / MostEpochs);
    private Activity? _epoch;
    private Activity? _train;
    private bool _inEpoch;
    private bool _training;
    private int _epochFrom;
    private int _trainFrom;
    private long _epochStart;

    /// <summary>A step follows.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="loss">Last training loss, nats.</param>
    public void BeforeStep(int step, double loss)
    {
        if (_training && step % _stepsPerSpan != 0)
        {
            return;
        }

        Pause(step);
        if (!_inEpoch || step % _stepsPerSpan == 0)
        {
            EndEpoch(step, loss);
            _epoch = RunTelemetry.Current.StartSpan(RunTelemetry.EpochSpan)?.SetTag(RunTelemetry.EpochTag, (step / stepsPerEpoch) + 1);
            (_inEpoch, _epochFrom, _epochStart) = (true, step, Stopwatch.GetTimestamp());
        }

        RunTelemetry.Current.Enter(RunTelemetry.Training);
        _train = RunTelemetry.Current.StartSpan(RunTelemetry.TrainSpan);
        (_training, _trainFrom) = (true, step);
    }

    /// <summary>Something other than a step follows.</summary>
    /// <param name="step">Steps taken.</param>
    public void Pause(int step)
    {
        _train?.SetTag(RunTelemetry.StepsTag, step - _trainFrom).Dispose();
        (_train, _training) = (null, false);
    }

    /// <summary>The run has ended.</summary>
    /// <param name="step">Steps taken.</param>
    /// <param name="loss">Last training loss, nats.</param>
    /// <param name="error">What it died of, one word; null: nothing.</param>
    public void End(int step, double loss, string? error)
    {
        Pause(step);
        if (error is not null)
        {
            _epoch?.SetTag(RunTelemetry.ErrorTag, error).SetStatus(ActivityStatusCode.Error, error);
        }

        EndEpoch(step, loss);
    }

    /// <summary>The run threw: what is open ends here, so that nothing that follows lies below it.</summary>
    public void Abandon()
    {
        _train?.Dispose();
        _epoch?.Dispose();
    }

    private void EndEpoch(int step, double loss)
    {
        if (_inEpoch && step - _epochFrom == _stepsPerSpan)
        {
            RunTelemetry.Current.EpochTook(Stopwatch.GetElapsedTime(_epochStart).TotalSeconds * stepsPerEpoch / _stepsPerSpan);
        }

        _epoch?.SetTag(RunTelemetry.StepsTag, step - _epochFrom).SetTag(RunTelemetry.LossTag, loss).Dispose();
        (_epoch, _inEpoch) = (null, false);
    }
}
