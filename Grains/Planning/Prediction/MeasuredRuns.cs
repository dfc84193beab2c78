using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Planning.Prediction;

/// <summary>A job that ran, with what its time depends on.</summary>
/// <param name="Spec">Spec of its sweep.</param>
/// <param name="Kind">What it did.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="Run">Circumstances.</param>
public sealed record MeasuredRun(SweepSpec Spec, JobKind Kind, int BatchSize, RunInfo Run);

/// <summary>How long jobs take, and how sure that is.</summary>
internal interface IJobTimes
{
    /// <summary>Time of a job in seconds; null: not known.</summary>
    double? Of(PlannedJob job);

    /// <summary>Times over their typical ones, from the shortest: how much they vary; empty: not known.</summary>
    ImmutableArray<double> Ratios { get; }

    /// <summary>What they rest on, in words.</summary>
    string Basis { get; }
}

/// <summary>Times from earlier runs: the median time of an epoch (of a step where the number of images differs) by batch size.</summary>
internal sealed class MeasuredRuns : IJobTimes
{
    private readonly SweepSpec _spec;
    private readonly ImmutableArray<MeasuredRun> _runs;
    private readonly List<string> _notes = [];

    /// <summary>Takes what fits a spec and a device.</summary>
    /// <param name="spec">The spec that is predicted; runs are of its model and data set.</param>
    /// <param name="device">Device in words, as workers report it.</param>
    /// <param name="runs">Runs that ended.</param>
    public MeasuredRuns(SweepSpec spec, string device, IEnumerable<MeasuredRun> runs)
    {
        _spec = spec;
        _runs = [.. runs.Where(run => run.Run.Device == device
            && run.Run is { Steps: > 0, Epochs: > 0, Seconds: > 0 }
            && run.Spec.Data.IsSameSet(spec.Data)
            && run.Spec.Trainer?.Identity == spec.Trainer?.Identity
            && run.Spec.Data.TrainSizes is null)]; // of several sizes, which one a run had is not said here
        Ratios = [.. _runs.GroupBy(Group).SelectMany(group => Over(group, Sample.Median(group.Select(PerStep)))).Order()];
    }

    /// <summary>Whether there are any.</summary>
    public bool IsEmpty => _runs.IsEmpty;

    /// <inheritdoc/>
    public ImmutableArray<double> Ratios { get; }

    /// <inheritdoc/>
    public string Basis
    {
        get
        {
            string sweeps = string.Join(", ", _runs.Select(run => run.Spec.Name).Distinct().Take(3));
            return $"{SpecChanges.Count(_runs.Length, "run")} of this model and data set ({sweeps})" + string.Concat(_notes.Distinct().Select(note => $"; {note}"));
        }
    }

    /// <inheritdoc/>
    public double? Of(PlannedJob job)
    {
        ImmutableArray<MeasuredRun> same = [.. _runs.Where(run => run.Kind == job.Kind)];
        if (same.IsEmpty)
        {
            same = _runs;
            _notes.Add(job.Kind == JobKind.RangeTest ? "trials taken for range tests of their length" : "range tests taken for trials of their length");
        }

        if (same.IsEmpty)
        {
            return null;
        }

        int nearest = same.Select(run => run.BatchSize).MinBy(batch => Math.Abs(Math.Log((double)batch / job.BatchSize)));
        same = [.. same.Where(run => run.BatchSize == nearest)];
        double scale = (double)job.BatchSize / nearest; // time goes with images, whatever the batch
        if (nearest != job.BatchSize)
        {
            _notes.Add($"batch {job.BatchSize} as batch {nearest} for each image");
        }

        ImmutableArray<MeasuredRun> alike = [.. same.Where(run => IsAlike(run.Spec))];
        if (!alike.IsEmpty)
        {
            return job.Epochs is { } epochs
                ? epochs * Sample.Median(alike.Select(run => run.Run.Seconds / run.Run.Epochs))
                : job.Steps * scale * Sample.Median(alike.Select(PerStep));
        }

        _notes.Add("another number of images, scaled");
        double step = scale * Sample.Median(same.Select(PerStep));
        double? images = _spec.Data.TrainSize * (1 - _spec.Data.Validation) ?? Whole();
        return job.Steps * step ?? (images is { } count ? job.Epochs * Math.Max(1, Math.Floor(count / job.BatchSize)) * step : null);
    }

    private double? Whole() => _runs
        .Where(run => run.Spec.Data.TrainSize is null)
        .Select(run => (double?)(run.Run.Steps * (double)run.BatchSize / run.Run.Epochs / (1 - run.Spec.Data.Validation) * (1 - _spec.Data.Validation)))
        .FirstOrDefault();

    private bool IsAlike(SweepSpec other) => other.Data.TrainSize == _spec.Data.TrainSize
        && other.Data.Validation.Equals(_spec.Data.Validation) && other.Data.ImageSize == _spec.Data.ImageSize;

    private static (JobKind, int, int?, double) Group(MeasuredRun run) => (run.Kind, run.BatchSize, run.Spec.Data.TrainSize, run.Spec.Training.Epochs);

    private static double PerStep(MeasuredRun run) => run.Run.Seconds / run.Run.Steps;

    private static IEnumerable<double> Over(IEnumerable<MeasuredRun> runs, double median) => runs.Select(run => PerStep(run) / median);
}
