using System.Collections.Immutable;
using Sweeper.Training.Schedules;

namespace Sweeper.Training.Running;

/// <summary>Makes a curve of a bounded number of points out of any number of steps.</summary>
/// <param name="totalSteps">Steps in the run.</param>
/// <param name="maxPoints">Most points; at least 1.</param>
internal sealed class CurveRecorder(int totalSteps, int maxPoints)
{
    private readonly List<CurvePoint> _points = [];
    private readonly int _interval = (totalSteps + maxPoints - 1) / maxPoints;
    private double _sum;
    private int _count;

    /// <summary>Points so far.</summary>
    public ImmutableArray<CurvePoint> Points => [.. _points];

    /// <summary>Mean training loss of the last point, or of the steps since where there is none; NaN before the first step.</summary>
    public double LastLoss => _points.Count > 0 ? _points[^1].TrainLoss : _sum / _count;

    /// <summary>What a checkpoint must hold, apart from <see cref="Points"/>: losses since the last point, their sum and number.</summary>
    public (double Sum, int Count) Pending => (_sum, _count);

    /// <summary>Takes up a curve where a checkpoint left it.</summary>
    public void Restore(ImmutableArray<CurvePoint> points, double sum, int count)
    {
        _points.Clear();
        _points.AddRange(points);
        (_sum, _count) = (sum, count);
    }

    /// <summary>Records a step.</summary>
    /// <param name="step">Step, counted from 0.</param>
    /// <param name="point">Its learning rate and momentum.</param>
    /// <param name="loss">Its loss, nats.</param>
    /// <param name="smoothed">Moving average with it, nats.</param>
    /// <param name="isLast">Whether the run ends with it, so that the point is made early.</param>
    public void Add(int step, SchedulePoint point, double loss, double smoothed, bool isLast)
    {
        _sum += loss;
        _count++;
        if ((step + 1) % _interval == 0 || isLast)
        {
            _points.Add(new CurvePoint(step + 1, point.LearningRate, point.Momentum, _sum / _count, smoothed));
            (_sum, _count) = (0, 0);
        }
    }
}
