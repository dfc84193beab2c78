using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;

namespace Sweeper.Training.RangeTests;

/// <summary>One LR range test: everything that decides its numbers, apart from the images and the device.</summary>
public sealed record RangeTestJob
{
    /// <summary>Network and its settings.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>Update rule and its settings.</summary>
    public required OptimiserOptions Optimiser { get; init; }

    /// <summary>What the network computes with.</summary>
    public Precision Precision { get; init; }

    /// <summary>Images in a step; at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>How the rate rises, and for how long.</summary>
    public required RangeTestRamp Ramp { get; init; }

    /// <summary>Momentum at the first step; in [0, 1).</summary>
    public required double MomentumStart { get; init; }

    /// <summary>Momentum at the end of the ramp, falling as the rate rises; null: it stays.</summary>
    public double? MomentumEnd { get; init; }

    /// <summary>Random changes to the training images.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>Share of each target that is spread evenly over all classes; in [0, 1).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>What else training does to images and targets of a batch.</summary>
    public TargetOptions Targets { get; init; } = TargetOptions.None;

    /// <summary>Fraction of the training images held out, class-balanced; in [0, 0.5].</summary>
    public double Validation { get; init; } = Split.DefaultValidation;

    /// <summary>Chooses the validation images.</summary>
    public long SplitSeed { get; init; }

    /// <summary>
    /// Images to train on, of those that are not held out, chosen by <see cref="SplitSeed"/>; null: all of them. What is held
    /// out is the same for every number, so that runs on fewer images are measured like those on all.
    /// </summary>
    public int? TrainImages { get; init; }

    /// <summary>Chooses weights, order, augmentation and dropout.</summary>
    public required long Seed { get; init; }

    /// <summary>
    /// Learning rate that such a network is usually trained with; the verdict asks for a ramp to at least ten times it.
    /// Null: the ramp's end is not judged, and the evidence says so.
    /// </summary>
    public double? UsualLearningRate { get; init; }

    /// <summary>Whether a shorter test of the same network diverged before it: then a divergence concludes.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>Shortest time between two progress reports.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Every reason why the test cannot run on such images; empty: it can. Pure: no native call.</summary>
    /// <param name="shape">Shape of the images.</param>
    /// <param name="task">What is to be learned.</param>
    public IReadOnlyList<string> Check(ImageShape shape, LearningTask task)
    {
        List<string> problems =
        [
            .. ModelCatalog.Check(Model, shape, task),
            .. TrainingJob.CheckPrecision(Precision, Model),
            .. Augmentation.Check(shape),
            .. Optimiser.Check(),
            .. Ramp.Check(),
            .. TrainingSession.CheckLabelSmoothing(LabelSmoothing, task),
            .. Targets.Check(shape.IsRow, task),
        ];
        if (BatchSize < 1)
        {
            problems.Add(FormattableString.Invariant($"the batch size is {BatchSize}; it must be at least 1"));
        }

        if (!(Validation >= 0 && Validation <= 0.5))
        {
            problems.Add(FormattableString.Invariant($"the validation fraction is {Validation}; it must be in [0, 0.5]"));
        }

        if (!(MomentumStart >= 0 && MomentumStart < 1))
        {
            problems.Add(FormattableString.Invariant($"the momentum starts at {MomentumStart}; it must be at least 0 and less than 1"));
        }
        else if (MomentumEnd is { } end && !(end >= 0 && end <= MomentumStart))
        {
            problems.Add(FormattableString.Invariant($"the momentum ends at {end}; it must be at least 0 and at most its start, {MomentumStart}"));
        }

        return problems;
    }
}
