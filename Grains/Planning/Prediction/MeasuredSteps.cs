using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Prediction;

/// <summary>Times from a few steps that were timed just now.</summary>
/// <param name="spec">The spec that is predicted.</param>
/// <param name="speeds">One for each batch size that was timed.</param>
internal sealed class MeasuredSteps(SweepSpec spec, ImmutableArray<MeasuredSpeed> speeds) : IJobTimes
{
    private readonly ImmutableArray<MeasuredSpeed> _speeds = [.. speeds.Where(speed => speed.Trouble is null)];

    /// <inheritdoc/>
    public ImmutableArray<double> Ratios => [];

    /// <inheritdoc/>
    public string Basis => $"a few steps timed just now, one job at a time (batch {string.Join(", ", _speeds.Select(speed => speed.BatchSize))})"
        + string.Concat(speeds.Where(speed => speed.Trouble is not null).Select(speed => $"; batch {speed.BatchSize}: {speed.Trouble}"));

    /// <inheritdoc/>
    public double? Of(PlannedJob job)
    {
        if (_speeds.IsEmpty)
        {
            return null;
        }

        MeasuredSpeed speed = _speeds.MinBy(one => Math.Abs(Math.Log((double)one.BatchSize / job.BatchSize)))!; // there is one
        double scale = (double)job.BatchSize / speed.BatchSize;
        double perEpoch = speed.StepsPerEpoch * speed.StepSeconds;
        if (job.Kind == JobKind.RangeTest)
        {
            double steps = job.Epochs * perEpoch ?? job.Steps * scale * speed.StepSeconds ?? 0; // a range test has a length
            return steps + (spec.RangeTest.Method == RangeTestMethod.Smith ? spec.RangeTest.Points * speed.ProbeSeconds : 0);
        }

        if (job is { Epochs: null, Steps: { } whole })
        {
            return (whole * scale * speed.StepSeconds) + (Math.Ceiling((double)whole / spec.Training.EvaluateEvery) * speed.ValidationSeconds) + speed.TestSeconds;
        }

        double epochs = job.Epochs ?? spec.Training.Epochs;
        double readings = Math.Floor(epochs / spec.Training.EvaluateEvery) + (epochs % spec.Training.EvaluateEvery > 0 ? 1 : 0);
        double tests = 1 + spec.Training.TestAtEpochs.Count(at => at < epochs);
        return (epochs * perEpoch) + (readings * speed.ValidationSeconds) + (tests * speed.TestSeconds);
    }
}
