namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Makes a spec from what a file gives.</summary>
internal static class SpecBuilder
{
    /// <summary>The spec; defaults where the file is silent.</summary>
    public static SweepSpec Build(SpecValues values) => new(
        values.Get(SpecTable.Name),
        values.Get(SpecTable.Seed),
        TrainerFields.Of(values)?.Data ?? Data(values),
        TrainerFields.Of(values) is not null ? new ModelSpec(KnownNames.External) : Model(values),
        new TrainingSpec(
            values.Get(TrainingFields.Steps) is null ? values.Get(TrainingFields.Epochs) : 0,
            Schedule(values),
            Optimizer(values),
            values.Get(TrainingFields.EvaluateEvery),
            values.Get(TrainingFields.TestAtEpochs),
            values.Get(TrainingFields.Steps),
            Cooldown(values),
            values.Get(TrainingFields.LabelSmoothing) is not 0 and var smoothing ? smoothing : null,
            values.Get(TrainingFields.ClassWeights),
            values.Get(TrainingFields.Mixup) is not 0 and var mixup ? mixup : null,
            values.Get(TrainingFields.Cutmix) is not 0 and var cutmix ? cutmix : null,
            values.Get(TrainingFields.Metrics),
            values.Get(TrainingFields.Precision)),
        RangeTest(values),
        Search(values),
        new LimitsSpec(
            values.Get(LimitFields.Trials),
            values.Get(LimitFields.Epochs),
            values.Get(LimitFields.WallTime),
            values.Get(LimitFields.MaxParallel),
            values.Get(LimitFields.Attempts),
            values.Get(LimitFields.NoProgress) is var time && time == LimitsSpec.UsualNoProgress ? null : time),
        Sharing: Sharing(values),
        Trainer: TrainerFields.Of(values));

    /// <summary>A spec whose range test and limits are the defaults, for a run that needs neither.</summary>
    public static SweepSpec WithoutSearch(SweepSpec spec)
    {
        var values = new SpecValues();
        values.Set(ModelFields.Name, spec.Model.Name);
        values.Set(OptimizerFields.Type, spec.Training.Optimizer.Type);
        return spec with { RangeTest = RangeTest(values), Limits = new LimitsSpec(), Purpose = SweepPurpose.Search };
    }

    /// <summary>Null for what every spec had before there was sharing, so that such specs stay equal.</summary>
    private static SharingSpec? Sharing(SpecValues values)
    {
        var needs = new DeviceNeeds(values.Get(SharingFields.Requires), values.Get(SharingFields.MinMemory));
        var sharing = new SharingSpec(
            values.Get(SharingFields.Priority),
            values.Get(SharingFields.Weight),
            values.Get(SharingFields.Preempt),
            values.Get(SharingFields.Together),
            needs == new DeviceNeeds() ? null : needs);
        return sharing == SharingSpec.Default ? null : sharing;
    }

    private static ModelSpec Model(SpecValues values) => new(
        values.Get(ModelFields.Name),
        values.Get(ModelFields.Init),
        values.Get(ModelFields.BatchNormMomentum),
        values.Get(ModelFields.Plugin),
        values.Get(ModelFields.PluginSha256),
        values.Get(ModelFields.Settings),
        values.Get(ModelFields.Script),
        values.Get(ModelFields.ScriptSha256));

    private static DataSpec Data(SpecValues values) => new(
        values.Get(DataFields.Set),
        values.Get(DataFields.Path),
        TrainSizeType.Largest(values.Get(DataFields.TrainSize)),
        values.Get(DataFields.Validation),
        values.Get(DataFields.ImageSize),
        values.Get(DataFields.Flip),
        values.Get(DataFields.Crop),
        values.Get(DataFields.Cutout),
        values.Get(DataFields.Scaling),
        values.Get(DataFields.TrainSize) is { List.Length: not 1 } sizes ? sizes : null,
        values.Get(DataFields.Target),
        values.Get(DataFields.TestPath),
        values.Get(DataFields.DamagedFiles),
        values.Get(DataFields.Task),
        values.Get(DataFields.Streaming));

    private static ScheduleSpec Schedule(SpecValues values)
    {
        MomentumRange momentum = values.Get(ScheduleFields.Momentum);
        return new ScheduleSpec(
            values.Get(ScheduleFields.Type),
            values.Get(ScheduleFields.PeakAt),
            values.Get(ScheduleFields.StartDiv),
            values.Get(ScheduleFields.FinalDiv),
            values.Get(ScheduleFields.Cycle),
            values.Get(ScheduleFields.Anneal),
            momentum.High,
            momentum.Low,
            values.Get(ScheduleFields.Milestones),
            values.Get(ScheduleFields.Factor),
            values.Get(ScheduleFields.Cycles));
    }

    private static CooldownSpec? Cooldown(SpecValues values) => values.Get(CooldownFields.At) is { IsDefaultOrEmpty: false } at
        ? new CooldownSpec(at, values.Get(CooldownFields.Length))
        : null;

    private static OptimizerSpec Optimizer(SpecValues values) => new(
        values.Get(OptimizerFields.Type),
        values.Get(OptimizerFields.Nesterov),
        values.Get(OptimizerFields.Beta2),
        values.Get(OptimizerFields.Epsilon),
        values.Get(OptimizerFields.DecayBiasAndNorm),
        values.Get(OptimizerFields.ClipNorm),
        values.Get(OptimizerFields.BiasLearningRate),
        values.Get(OptimizerFields.MomentumForm));

    private static RangeTestSpec RangeTest(SpecValues values) => new(
        values.Get(RangeTestFields.Method),
        values.Get(RangeTestFields.From),
        values.Get(RangeTestFields.To),
        values.Get(RangeTestFields.Epochs),
        values.Get(RangeTestFields.Steps),
        values.Get(RangeTestFields.Points),
        values.Get(RangeTestFields.PullBack));

    private static SearchSpec Search(SpecValues values) => new(
        values.Get(SearchFields.Strategy),
        values.Get(SearchFields.Trials),
        values.Get(SearchFields.Seeds),
        values.Get(SearchFields.SelectBy),
        values.Get(SearchFields.MaxLearningRate),
        values.Get(SearchFields.BatchSize),
        values.Get(SearchFields.WeightDecay),
        values.Get(SearchFields.Dropout),
        values.Get(SearchFields.Baseline),
        StoppingFields.RuleOf(values) == StoppingRule.None
            ? null
            : new StoppingSpec(
                StoppingFields.RuleOf(values),
                values.Get(StoppingFields.Eta),
                values.Get(StoppingFields.Shortest),
                values.Get(StoppingFields.AuditShare),
                values.Get(StoppingFields.Force),
                StoppingFields.RuleOf(values) == StoppingRule.CycleHyperband ? values.Get(StoppingFields.Keep) : RungKeep.Best),
        values.Get(SearchFields.Reuse),
        values.Get(SearchFields.WarmStart),
        values.Get(SearchFields.Strategy) == SearchStrategy.Pbt
            ? new PopulationSpec(values.Get(PopulationFields.Members), values.Get(PopulationFields.Generations))
            : null,
        values.Get(SearchFields.Objective) is { By: not Metric.Accuracy } objective ? objective.By : null,
        values.Get(SearchFields.Objective).Own);
}
