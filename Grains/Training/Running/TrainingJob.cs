using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Schedules;

namespace Sweeper.Training.Running;

/// <summary>One training run: everything that decides its numbers, apart from the images and the device.</summary>
public sealed record TrainingJob
{
    /// <summary>Network and its settings.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>Update rule and its settings.</summary>
    public required OptimiserOptions Optimiser { get; init; }

    /// <summary>Metrics of the user's own, measured at the end.</summary>
    public ImmutableArray<OwnMetric> Metrics { get; init; } = [];

    /// <summary>What the network computes with.</summary>
    public Precision Precision { get; init; }

    /// <summary>Images in a step; at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Length of the run.</summary>
    public required RunLength Length { get; init; }

    /// <summary>Makes the schedule, given the number of steps in the run; the schedule must have exactly that many.</summary>
    public required Func<int, Schedule> Schedule { get; init; }

    /// <summary>Share of each target that is spread evenly over all classes; in [0, 1).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>What else training does to images and targets of a batch.</summary>
    public TargetOptions Targets { get; init; } = TargetOptions.None;

    /// <summary>Random changes to the training images.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>Fraction of the training images held out to select by, class-balanced; in [0, 0.5].</summary>
    public double Validation { get; init; } = Split.DefaultValidation;

    /// <summary>Chooses the validation images. Apart from <see cref="Seed"/>, so that repeats with other seeds are measured on the same images.</summary>
    public long SplitSeed { get; init; }

    /// <summary>
    /// Images to train on, of those that are not held out, chosen by <see cref="SplitSeed"/>; null: all of them. What is held
    /// out is the same for every number, so that runs on fewer images are measured like those on all.
    /// </summary>
    public int? TrainImages { get; init; }

    /// <summary>Chooses weights, order, augmentation and dropout.</summary>
    public required long Seed { get; init; }

    /// <summary>When the run is measured.</summary>
    public EvaluationPlan Evaluation { get; init; } = new();

    /// <summary>When an annealed copy of the run is measured; null: never. Changes nothing in the run itself.</summary>
    public CooldownPlan? Cooldown { get; init; }

    /// <summary>When the run counts as diverged.</summary>
    public DivergenceRule Divergence { get; init; } = new();

    /// <summary>Most points of the training curve; at least 1; longer runs average over several steps a point.</summary>
    public int MaxCurvePoints { get; init; } = 500;

    /// <summary>Shortest time between two progress reports.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>File of the final weights of another run that this one starts from; null: fresh ones.</summary>
    public string? StartWeights { get; init; }

    /// <summary>File that the final weights go to when the run has completed; null: nowhere.</summary>
    public string? FinalWeights { get; init; }

    /// <summary>Safetensors file that the trained network goes to when the run has completed; null: nowhere.</summary>
    public string? SavedModel { get; init; }

    /// <summary>Where and how often the run is saved; null: it is not.</summary>
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>
    /// Optimiser steps in one pass over the training images: a last batch that is not full is dropped (every epoch
    /// shuffles anew, so no image is left out for good), and a set smaller than a batch makes one batch. Pure.
    /// </summary>
    /// <param name="images">Images trained on, after the validation split; at least 1.</param>
    /// <param name="batchSize">Images in a step; at least 1.</param>
    public static int StepsPerEpoch(int images, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return Math.Max(1, images / batchSize);
    }

    /// <summary>Why a model cannot compute with that; empty: it can.</summary>
    internal static IEnumerable<string> CheckPrecision(Precision precision, ModelOptions model) => precision == Precision.BFloat16 && model.Own is not null
        ? ["bfloat16 is for built-in models: a model of your own decides itself what it computes with"]
        : [];

    /// <summary>Every reason why the job cannot run on such images; empty: it can. Pure: no native call.</summary>
    /// <param name="shape">Shape of the images.</param>
    /// <param name="task">What is to be learned.</param>
    public IReadOnlyList<string> Check(ImageShape shape, LearningTask task)
    {
        List<string> problems = [.. ModelCatalog.Check(Model, shape, task)];
        problems.AddRange(CheckPrecision(Precision, Model));
        problems.AddRange(Augmentation.Check(shape));
        problems.AddRange(Optimiser.Check());
        problems.AddRange(Length.Check());
        problems.AddRange(TrainingSession.CheckLabelSmoothing(LabelSmoothing, task));
        problems.AddRange(Targets.Check(shape.IsRow, task));
        problems.AddRange(Divergence.Check());
        problems.AddRange(Checkpoint?.Check() ?? []);
        problems.AddRange(Cooldown?.Check(Validation) ?? []);
        AtLeastOne(BatchSize, "batch size");
        AtLeastOne(MaxCurvePoints, "number of curve points");
        AtLeastOne(Evaluation.ValidateEveryEpochs, "number of epochs between evaluations");
        AtLeastOne(Evaluation.ValidateEverySteps ?? 1, "number of steps between evaluations");
        AtLeastOne(TrainImages ?? 1, "number of training images");
        AtLeastOne(Evaluation.BatchSize, "evaluation batch size");
        if (!(Validation >= 0 && Validation <= 0.5))
        {
            problems.Add(FormattableString.Invariant($"the validation fraction is {Validation}; it must be in [0, 0.5]"));
        }

        return problems;

        void AtLeastOne(int value, string name)
        {
            if (value < 1)
            {
                problems.Add(FormattableString.Invariant($"the {name} is {value}; it must be at least 1"));
            }
        }
    }
}
