using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold between the settings of training and of the range test.</summary>
internal static class TrainingRules
{
    /// <summary>0.95 and 0.05 make a whole run, whatever their binary sum.</summary>
    private const double CooldownRounding = 1e-9;

    public static readonly ImmutableArray<SpecRule> All =
    [
        new([TrainingFields.Epochs, TrainingFields.TestAtEpochs], (spec, _) => TestsWithinRun(spec.Training)),
        SpecRule.Of([ScheduleFields.Type, ScheduleFields.PeakAt], ThreePhasesFit),
        SpecRule.Of([ScheduleFields.Type, ScheduleFields.Momentum], OneMomentumWithoutPeak),
        SpecRule.Of([OptimizerFields.Type, OptimizerFields.Nesterov, ScheduleFields.Momentum], NesterovHasMomentum),
        SpecRule.Of([OptimizerFields.Nesterov, OptimizerFields.MomentumForm], NesterovIsPyTorchs),
        SpecRule.Of([TrainingFields.Cutmix, DataFields.Set], CutmixNeedsImages),
        SpecRule.Of([TrainingFields.Precision, ModelFields.Plugin, ModelFields.Script, TrainerFields.Command], PrecisionIsOfBuiltInModels),
        .. new SpecField[] { TrainingFields.ClassWeights, TrainingFields.Mixup, TrainingFields.Cutmix }
            .Select(field => SpecRule.Of([field, TrainerFields.Command], spec => TargetsAreOfTheEngine(spec, field))),
        new([CooldownFields.At, CooldownFields.Length], (spec, _) => CooldownsEndWithinRun(spec.Training)),
        SpecRule.Of([CooldownFields.At, DataFields.Validation], CooldownsAreMeasured),
        SpecRule.Of([RangeTestFields.From, RangeTestFields.To], RampRises),
        SpecRule.Of([RangeTestFields.Method, RangeTestFields.From], ExponentialRampStartsAboveZero),
        SpecRule.Of([RangeTestFields.Method, RangeTestFields.Steps, RangeTestFields.Points], StepForEachPoint),
    ];

    private static IEnumerable<SpecProblem> TestsWithinRun(TrainingSpec training)
    {
        string path = TrainingFields.TestAtEpochs.Path;
        for (int i = 0; i < training.TestAtEpochs.Length; i++)
        {
            if (training.TestAtEpochs[i] > training.Epochs)
            {
                yield return new SpecProblem(
                    $"{path}[{i}]", $"{training.TestAtEpochs[i]}", $"must be at most training.epochs, {NumberText.Write(training.Epochs)}");
            }
        }
    }

    private static SpecProblem? PrecisionIsOfBuiltInModels(SweepSpec spec) =>
        spec.Training.Precision != PrecisionSpec.Full && (spec.Model.IsOwn || spec.Trainer is not null)
            ? new SpecProblem(TrainingFields.Precision.Path, TrainingFields.Precision.Write(spec), "is for built-in models; what you bring decides itself what it computes with, so remove it")
            : null;

    private static SpecProblem? CutmixNeedsImages(SweepSpec spec) =>
        spec is { Training.Cutmix: not null, Trainer: null, Data.Set: KnownNames.Table }
            ? new SpecProblem(TrainingFields.Cutmix.Path, TrainingFields.Cutmix.Write(spec), "is for images, and the rows of a table have no rectangle to paste; use mixup, or remove it")
            : null;

    private static SpecProblem? TargetsAreOfTheEngine(SweepSpec spec, SpecField field) =>
        spec is { Trainer: not null, Training: { } training }
        && ((field == TrainingFields.ClassWeights && training.ClassWeights is not null)
            || (field == TrainingFields.Mixup && training.Mixup is not null)
            || (field == TrainingFields.Cutmix && training.Cutmix is not null))
            ? new SpecProblem(field.Path, field.Write(spec), "is what the engine does with its own batches; remove it with a trainer of your own, which does that itself")
            : null;

    private static SpecProblem? ThreePhasesFit(SweepSpec spec)
    {
        ScheduleSpec schedule = spec.Training.Schedule;
        return schedule is { Type: ScheduleType.PyTorchThreePhase, PeakAt: > 0.5 }
            ? new SpecProblem(
                ScheduleFields.PeakAt.Path,
                NumberText.Write(schedule.PeakAt),
                "must be at most 0.5 with three phases: the way down is as long as the way up")
            : null;
    }

    private static SpecProblem? OneMomentumWithoutPeak(SweepSpec spec)
    {
        ScheduleSpec schedule = spec.Training.Schedule;
        return !ScheduleFields.CycleTypes.Contains(schedule.Type) && schedule.MomentumHigh != schedule.MomentumLow
            ? new SpecProblem(
                ScheduleFields.Momentum.Path,
                ScheduleFields.Momentum.Write(spec),
                $"must be one number with type {ScheduleFields.Type.Write(spec)}, whose learning rate has no peak")
            : null;
    }

    private static SpecProblem? NesterovHasMomentum(SweepSpec spec) =>
        spec.Training.Optimizer is { Type: OptimizerType.Sgd, Nesterov: true } && spec.Training.Schedule.MomentumLow == 0
            ? new SpecProblem(OptimizerFields.Nesterov.Path, "true", "needs a momentum greater than 0 throughout; see training.schedule.momentum")
            : null;

    private static SpecProblem? NesterovIsPyTorchs(SweepSpec spec) =>
        spec.Training.Optimizer is { Type: OptimizerType.Sgd, Nesterov: true, MomentumForm: MomentumForm.Caffe }
            ? new SpecProblem(OptimizerFields.MomentumForm.Path, "caffe", "must be pytorch with nesterov: true, which is defined for that form")
            : null;

    private static IEnumerable<SpecProblem> CooldownsEndWithinRun(TrainingSpec training)
    {
        if (training.Cooldown is not { } cooldown)
        {
            yield break;
        }

        for (int i = 0; i < cooldown.At.Length; i++)
        {
            if (cooldown.At[i] + cooldown.Length > 1 + CooldownRounding)
            {
                yield return new SpecProblem(
                    $"{CooldownFields.At.Path}[{i}]",
                    NumberText.Write(cooldown.At[i]),
                    $"must be at most {NumberText.Write(Math.Round(1 - cooldown.Length, 12))}: a cooldown of training.cooldown.length, {NumberText.Write(cooldown.Length)}, would end after the run itself");
            }
        }
    }

    private static SpecProblem? CooldownsAreMeasured(SweepSpec spec) =>
        spec is { Training.Cooldown: not null, Data.Validation: 0 }
            ? new SpecProblem(CooldownFields.At.Path, CooldownFields.At.Write(spec), "needs validation images to measure on, and data.validation is 0")
            : null;

    private static SpecProblem? RampRises(SweepSpec spec) =>
        spec.RangeTest.From >= spec.RangeTest.To
            ? new SpecProblem(
                RangeTestFields.To.Path,
                NumberText.Write(spec.RangeTest.To),
                $"must be greater than range_test.from, {NumberText.Write(spec.RangeTest.From)}")
            : null;

    private static SpecProblem? ExponentialRampStartsAboveZero(SweepSpec spec) =>
        spec.RangeTest is { Method: RangeTestMethod.Fastai, From: 0 }
            ? new SpecProblem(RangeTestFields.From.Path, "0", "must be greater than 0 with method fastai, whose ramp is exponential")
            : null;

    private static SpecProblem? StepForEachPoint(SweepSpec spec) =>
        spec.RangeTest is { Method: RangeTestMethod.Smith, Steps: { } steps } test && steps < test.Points
            ? new SpecProblem(RangeTestFields.Steps.Path, $"{steps}", $"must be at least range_test.points, {test.Points}: accuracy is measured between steps")
            : null;
}
