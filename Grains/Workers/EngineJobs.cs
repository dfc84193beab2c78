using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.OwnModels;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Grains.Workers;

/// <summary>The engine's jobs of a spec's words.</summary>
internal static class EngineJobs
{
    /// <summary>Images to load.</summary>
    public static DataOptions Data(SweepSpec spec) => new()
    {
        Set = spec.Data.Set,
        Path = spec.Data.Path,
        Target = spec.Data.Target,
        Regression = spec.Data.Task == TaskSpec.Regression,
        TestPath = spec.Data.TestPath,
        TrainSize = spec.Data.TrainSize,
        ImageSize = spec.Data.ImageSize,
        SkipDamaged = spec.Data.DamagedFiles == DamagedFilesSpec.Skip,
        Streaming = spec.Data.Streaming,
        Scaling = spec.Data.Scaling switch
        {
            PixelScalingSpec.Standard => PixelScaling.Standard,
            PixelScalingSpec.Unit => PixelScaling.Unit,
            _ => throw new UnreachableException(),
        },
        Seed = spec.Seed,
    };

    /// <summary>Training run of a trial.</summary>
    /// <param name="spec">The sweep's spec.</param>
    /// <param name="configuration">Point of the space.</param>
    /// <param name="seed">Seed of the trial.</param>
    /// <param name="checkpoint">Where it is saved; null: nowhere.</param>
    /// <param name="plan">Length and schedule where they are not the spec's.</param>
    /// <param name="startWeights">File of the weights that it starts from; null: fresh ones.</param>
    /// <param name="finalWeights">File that its final weights go to; null: nowhere.</param>
    /// <param name="savedModel">File that the trained network goes to; null: nowhere.</param>
    /// <param name="models">Models of users' own; null: only built-in ones are asked for.</param>
    /// <exception cref="OwnModelException">The model, or a metric, is a user's own and not to be had here.</exception>
    public static TrainingJob Training(
        SweepSpec spec,
        Configuration configuration,
        int seed,
        CheckpointOptions? checkpoint,
        TrialPlan? plan = null,
        string? startWeights = null,
        string? finalWeights = null,
        string? savedModel = null,
        ModelRegistry? models = null) => new()
    {
        StartWeights = startWeights,
        FinalWeights = finalWeights,
        SavedModel = savedModel,
        Model = Model(spec, configuration, models),
        Optimiser = Optimiser(spec.Training.Optimizer, configuration.WeightDecay),
        BatchSize = configuration.BatchSize,
        Length = Length(spec.Training, plan),
        Schedule = steps => ScheduleFactory.Of(plan?.Schedule ?? spec.Training.Schedule, configuration.MaxLearningRate, steps),
        Augmentation = Augmentation(spec.Data),
        LabelSmoothing = spec.Training.LabelSmoothing ?? 0,
        Precision = PrecisionOf(spec.Training),
        Targets = Targets(spec.Training),
        Metrics = Metrics(spec, models),
        Validation = spec.Data.Validation,
        SplitSeed = spec.Seed,
        TrainImages = TrainImages(spec, configuration),
        Seed = seed,
        Evaluation = new EvaluationPlan
        {
            ValidateEveryEpochs = spec.Training.Steps is null ? spec.Training.EvaluateEvery : 1,
            ValidateEverySteps = spec.Training.Steps is null ? null : spec.Training.EvaluateEvery,
            TestAtEpochs = spec.Training.TestAtEpochs,
        },
        Cooldown = spec.Training.Cooldown is { } cooldown ? new CooldownPlan(cooldown.At, cooldown.Length) : null,
        Checkpoint = checkpoint,
    };

    private static ImmutableArray<OwnMetric> Metrics(SweepSpec spec, ModelRegistry? models) =>
        [.. (spec.Training.Metrics?.List ?? []).Select(metric => (models ?? new ModelRegistry()).FindMetric(metric.Plugin, metric.Name, metric.Sha256))];

    private static Precision PrecisionOf(TrainingSpec training) => training.Precision == PrecisionSpec.BFloat16 ? Precision.BFloat16 : Precision.Full;

    private static TargetOptions Targets(TrainingSpec training) => new(
        training.Mixup ?? 0,
        training.Cutmix ?? 0,
        training.ClassWeights is { } weights ? new ClassWeighting([.. weights.Given.Select(one => (one.Name, one.Weight))]) : null);

    /// <summary>Range test of a cell.</summary>
    /// <param name="spec">The sweep's spec.</param>
    /// <param name="cell">Batch size, weight decay and dropout.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="lengthFactor">Its length over the spec's.</param>
    /// <param name="repeat">What it repeats, and how; null: it is the first of its cell.</param>
    /// <param name="models">Models of users' own; null: only built-in ones are asked for.</param>
    /// <exception cref="OwnModelException">The model is a user's own and not to be had here.</exception>
    public static RangeTestJob RangeTest(
        SweepSpec spec, Configuration cell, int seed, double lengthFactor = 1, RangeTestRepeat? repeat = null, ModelRegistry? models = null)
    {
        ScheduleSpec schedule = spec.Training.Schedule;
        bool cycles = schedule.Type is not (ScheduleType.Constant or ScheduleType.Step);
        return new RangeTestJob
        {
            Model = Model(spec, cell, models),
            Optimiser = Optimiser(spec.Training.Optimizer, cell.WeightDecay),
            BatchSize = cell.BatchSize,
            Ramp = Ramp(repeat is null ? spec.RangeTest : spec.RangeTest with { To = repeat.To }, lengthFactor),
            MomentumStart = schedule.MomentumHigh,
            MomentumEnd = cycles ? schedule.MomentumLow : null,
            Augmentation = Augmentation(spec.Data),
            LabelSmoothing = spec.Training.LabelSmoothing ?? 0,
            Precision = PrecisionOf(spec.Training),
            Targets = Targets(spec.Training),
            Validation = spec.Data.Validation,
            SplitSeed = spec.Seed,
            TrainImages = TrainImages(spec, cell),
            Seed = seed,
            UsualLearningRate = UsualLearningRate.Of(spec.Model.Name, spec.Training.Optimizer.Type),
            IsRepeat = repeat is not null,
        };
    }

    /// <summary>Images that a configuration trains on, of those not held out: as many as its size alone would leave; null: all of them.</summary>
    private static int? TrainImages(SweepSpec spec, Configuration at) =>
        at.TrainSize is { } size ? size - Split.HeldOut(size, spec.Data.Validation) : null;

    private static RunLength Length(TrainingSpec training, TrialPlan? plan) => (plan?.Epochs ?? training.Epochs, training.Steps) switch
    {
        (> 0 and var epochs, _) => new RunLength.InEpochs(epochs),
        (_, { } steps) => new RunLength.InSteps(steps),
        (var epochs, null) => new RunLength.InEpochs(epochs), // refused by its own check
    };

    private static RangeTestRamp Ramp(RangeTestSpec spec, double factor) => spec.Method switch
    {
        RangeTestMethod.Smith => new RangeTestRamp.Linear(
            spec.From,
            spec.To,
            spec.Steps is { } steps ? new RunLength.InSteps(Scaled(steps, factor)) : new RunLength.InEpochs(spec.Epochs * factor),
            new HeldOutProbe { Points = spec.Points }),
        RangeTestMethod.Fastai => spec.Steps is { } count
            ? new RangeTestRamp.Exponential(spec.From, spec.To, Scaled(count, factor))
            : new RangeTestRamp.Exponential(spec.From, spec.To, Scaled(ExponentialRamp.DefaultSteps, factor)),
        _ => throw new UnreachableException(),
    };

    private static int Scaled(int steps, double factor) => Math.Max(1, (int)Math.Round(steps * factor));

    /// <summary>Settings in the engine's words.</summary>
    public static ImmutableArray<OwnModelSetting> Settings(ModelSettings? settings) =>
        [.. (settings?.List ?? []).Select(setting => new OwnModelSetting(setting.Name, setting.Number, setting.Word))];

    private static ModelOptions Model(SweepSpec spec, Configuration at, ModelRegistry? models) => new()
    {
        Name = spec.Model.Name,
        Own = spec.Model.IsOwn ? new OwnModel(Source(spec.Model, models ?? new ModelRegistry()), Settings(at.Model)) : null,
        Dropout = at.Dropout,
        BatchNormMomentum = spec.Model.BatchNormMomentum,
        Init = spec.Model.Init switch
        {
            null or WeightInitSpec.FromFile => null,
            WeightInitSpec.KaimingNormal => WeightInit.KaimingNormal,
            WeightInitSpec.KaimingNormalFanOut => WeightInit.KaimingNormalFanOut,
            WeightInitSpec.XavierUniform => WeightInit.XavierUniform,
            WeightInitSpec.XavierNormal => WeightInit.XavierNormal,
            WeightInitSpec.CaffeXavier => WeightInit.CaffeXavier,
            WeightInitSpec.PyTorchDefault => WeightInit.PyTorchDefault,
            _ => throw new UnreachableException(),
        },
    };

    private static OwnModelSource Source(ModelSpec model, ModelRegistry models) => model.Script is { } script
        ? models.FindScript(new ScriptFile(script, KeepsWeights(model)), model.Name, model.ScriptSha256)
        : models.Find(model.Plugin!, model.Name, model.PluginSha256); // a user's own: it is one or the other

    /// <summary>Whether a TorchScript file's weights are where training begins.</summary>
    public static bool KeepsWeights(ModelSpec model) => model.Init == WeightInitSpec.FromFile;

    private static OptimiserOptions Optimiser(OptimizerSpec spec, double weightDecay) => spec.Type switch
    {
        OptimizerType.Sgd => new OptimiserOptions.Sgd
        {
            WeightDecay = weightDecay,
            Nesterov = spec.Nesterov,
            BiasRateFactor = spec.BiasLearningRate,
            RateInVelocity = spec.MomentumForm == MomentumForm.Caffe,
            DecayBiasesAndNorms = spec.DecayBiasAndNorm,
            ClipNorm = spec.ClipNorm,
        },
        OptimizerType.AdamW => new OptimiserOptions.AdamW
        {
            WeightDecay = weightDecay,
            Beta2 = spec.Beta2,
            Epsilon = spec.Epsilon,
            DecayBiasesAndNorms = spec.DecayBiasAndNorm,
            ClipNorm = spec.ClipNorm,
        },
        _ => throw new UnreachableException(),
    };

    private static Augmentation Augmentation(DataSpec spec) => new() { Flip = spec.Flip, PadCrop = spec.Crop, Cutout = spec.Cutout };
}
