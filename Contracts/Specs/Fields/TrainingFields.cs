using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="TrainingSpec"/>.</summary>
internal static class TrainingFields
{
    /// <summary>Evaluations of a run whose length is given in steps, where the file is silent.</summary>
    private const int EvaluationsOfSteps = 10;

    public static readonly SpecField<int?> Steps =
        new("training.steps", new OptionalType<int>(new WholeType(1, 100_000_000), "by_epochs"), spec => spec.Training.Steps)
        {
            Doc = "Length of one run in optimiser steps, in place of `epochs`: the same work whatever the number of images.",
            Default = FieldDefault.Always<int?>(null),
            Example = "2000",
            OtherWords = ["iterations", "max_steps", "num_steps"],
        };

    public static readonly SpecField<double> Epochs =
        new("training.epochs", new NumberType(new NumberRange(0, 100_000) { AboveMin = true }), spec => spec.Training.Epochs)
        {
            Only = new FieldCondition(Steps, values => values.Get(Steps) is null, "without `steps`"),
            Alternative = Steps,
            Doc = "Length of one run in passes over the training images; may be a fraction, such as 0.5.",
            Default = FieldDefault.None(1.0),
            Example = "3",
            Prominent = true,
        };

    public static readonly SpecField<int> EvaluateEvery =
        new("training.evaluate_every", new WholeType(1), spec => spec.Training.EvaluateEvery)
        {
            Doc = "Epochs (with `steps`: optimiser steps) between evaluations on the validation images; the end of the run is always evaluated.",
            Default = FieldDefault.By(
                values => values.Get(Steps) is { } steps ? Math.Max(1, steps / EvaluationsOfSteps) : 1, "1, a tenth of the run (with `steps`)"),
            Example = "1",
            OtherWords = ["eval_every", "validate_every"],
        };

    public static readonly SpecField<ImmutableArray<int>> TestAtEpochs =
        new("training.test_at_epochs", new RisingWholeListType(new NumberRange(1, 100_000) { Whole = true }), spec => spec.Training.TestAtEpochs)
        {
            Doc = "Epochs, counted from 1, at whose end the test images are evaluated as well; the end of the run always is.",
            Default = FieldDefault.Always<ImmutableArray<int>>([]),
            Example = "[1, 2]",
            OtherWords = ["test_epochs"],
            Only = new FieldCondition(Steps, values => values.Get(Steps) is null, "without `steps`"),
        };

    public static readonly SpecField<double> LabelSmoothing =
        new("training.label_smoothing", new NumberType(new NumberRange(0, 1) { BelowMax = true }), spec => spec.Training.LabelSmoothing ?? 0)
        {
            Doc = "Share of each target that is spread evenly over all classes; for classes only. Training losses have it, evaluations have not.",
            Default = FieldDefault.Always(0.0),
            Example = "0.1",
            OtherWords = ["smoothing", "smooth"],
        };

    public static readonly SpecField<ClassWeightsSpec?> ClassWeights =
        new("training.class_weights", new ClassWeightsType(), spec => spec.Training.ClassWeights)
        {
            Doc = "How much each class counts in the loss: balanced, by the inverse of its share of the training images, or weights by class name, 1 for those left out. Evaluations have none.",
            Default = FieldDefault.Always<ClassWeightsSpec?>(null, "none"),
            Example = "balanced",
            OtherWords = ["class_weight", "loss_weights"],
        };

    public static readonly SpecField<double> Mixup =
        new("training.mixup", new NumberType(new NumberRange(0, 100)), spec => spec.Training.Mixup ?? 0)
        {
            Doc = "Blends each training image, and its target, with another of the batch by a share drawn from Beta(alpha, alpha); this is the alpha, 0 is off. With cutmix as well, each step draws which of the two it does.",
            Default = FieldDefault.Always(0.0),
            Example = "0.2",
            OtherWords = ["mixup_alpha", "mix_up"],
        };

    public static readonly SpecField<double> Cutmix =
        new("training.cutmix", new NumberType(new NumberRange(0, 100)), spec => spec.Training.Cutmix ?? 0)
        {
            Doc = "Pastes a rectangle of another image of the batch into each training image, and shares the target by area, drawn from Beta(alpha, alpha); this is the alpha, 0 is off. For images only.",
            Default = FieldDefault.Always(0.0),
            Example = "1",
            OtherWords = ["cutmix_alpha", "cut_mix"],
        };

    public static readonly SpecField<PrecisionSpec> Precision =
        new(
            "training.precision",
            new ChoiceType<PrecisionSpec>(
                new Choice<PrecisionSpec>("float32", PrecisionSpec.Full, "32 bits"),
                new Choice<PrecisionSpec>("bfloat16", PrecisionSpec.BFloat16, "16 bits for activations, convolutions and dense layers; norms, the loss and the weights that are updated stay in 32", "bf16")),
            spec => spec.Training.Precision)
        {
            Doc = "What a built-in network computes with. bfloat16 is for GPUs that have it in hardware (sharing.requires: [bf16]); on a CPU it is seldom faster.",
            Default = FieldDefault.Always(PrecisionSpec.Full),
            Example = "bfloat16",
            OtherWords = ["dtype", "amp", "mixed_precision"],
        };

    public static readonly SpecField<MetricSpecs?> Metrics =
        new("training.metrics", new MetricsType(), spec => spec.Training.Metrics)
        {
            Doc = "Metrics of your own that each run is measured by at its end, from plug-ins or the silo's own code (`host`); the more, the better. One of them can be the objective.",
            Default = FieldDefault.Always<MetricSpecs?>(null, "none"),
            Example = "[my-metrics/kappa]",
            OtherWords = ["own_metrics", "scorers"],
        };

    public static readonly SpecSection Section = new("training")
    {
        Doc = "How one trial trains.",
        OtherWords = ["train"],
        Items = [Epochs, Steps, ScheduleFields.Section, OptimizerFields.Section, EvaluateEvery, TestAtEpochs, LabelSmoothing, ClassWeights, Mixup, Cutmix, Precision, Metrics, CooldownFields.Section],
    };
}
