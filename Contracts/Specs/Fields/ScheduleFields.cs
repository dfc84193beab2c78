using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="ScheduleSpec"/>. Each default is the one of the schedule's reference implementation.</summary>
internal static class ScheduleFields
{
    private static readonly ChoiceType<ScheduleType> TypeChoice = new(
        new Choice<ScheduleType>("fastai", ScheduleType.Fastai, "1cycle as fastai's `fit_one_cycle`; also written `one_cycle`", "one_cycle"),
        new Choice<ScheduleType>("smith", ScheduleType.Smith, "1cycle as Smith ran it: straight up, straight down, tail"),
        new Choice<ScheduleType>("pytorch", ScheduleType.PyTorch, "PyTorch's `OneCycleLR`, two phases"),
        new Choice<ScheduleType>("pytorch_three_phase", ScheduleType.PyTorchThreePhase, "PyTorch's `OneCycleLR`, three phases"),
        new Choice<ScheduleType>("triangular", ScheduleType.Triangular, "triangles without a tail"),
        new Choice<ScheduleType>("constant", ScheduleType.Constant, "one rate throughout"),
        new Choice<ScheduleType>("step", ScheduleType.Step, "multiplied by a factor at each milestone"));

    public static readonly SpecField<ScheduleType> Type =
        new("training.schedule.type", TypeChoice, spec => spec.Training.Schedule.Type)
        {
            Doc = "Shape.",
            Default = FieldDefault.Always(ScheduleType.Fastai, "fastai"),
            Example = "one_cycle",
            OtherWords = ["name", "policy"],
            Prominent = true,
        };

    public static readonly SpecField<double> PeakAt =
        new(
            "training.schedule.peak_at",
            new NumberType(new NumberRange(0, 1) { AboveMin = true, BelowMax = true, Percent = true }),
            spec => spec.Training.Schedule.PeakAt)
        {
            Doc = "Fraction of the run at which the rate peaks; at most 0.5 with three phases.",
            Default = ByType(schedule => schedule.PeakAt, PeakTypes),
            Example = "0.3",
            OtherWords = ["pct_start", "warmup"],
            Only = With(PeakTypes),
        };

    public static readonly SpecField<double> StartDiv =
        new("training.schedule.start_div", new NumberType(new NumberRange(1)), spec => spec.Training.Schedule.StartDiv)
        {
            Doc = "Maximum rate divided by the first rate.",
            Default = ByType(schedule => schedule.StartDiv, CycleTypes),
            Example = "10",
            OtherWords = ["div", "div_factor"],
            Only = With(CycleTypes),
        };

    public static readonly SpecField<double> FinalDiv =
        new("training.schedule.final_div", new NumberType(new NumberRange(1)), spec => spec.Training.Schedule.FinalDiv)
        {
            Doc = "How far the rate falls at the end: below the maximum (fastai), below the first rate (pytorch, smith).",
            Default = ByType(schedule => schedule.FinalDiv, TailTypes),
            Example = "1000",
            OtherWords = ["div_final", "final_div_factor"],
            Only = With(TailTypes),
        };

    public static readonly SpecField<double> Cycle =
        new(
            "training.schedule.cycle",
            new NumberType(new NumberRange(0, 1) { AboveMin = true, Percent = true }),
            spec => spec.Training.Schedule.Cycle)
        {
            Doc = "Fraction of the run that the way up and down takes; the tail takes the rest.",
            Default = ByType(schedule => schedule.Cycle, [ScheduleType.Smith]),
            Example = "0.9",
            Only = With([ScheduleType.Smith]),
        };

    public static readonly SpecField<AnnealShape> Anneal =
        new(
            "training.schedule.anneal",
            new ChoiceType<AnnealShape>(
                new Choice<AnnealShape>("cosine", AnnealShape.Cosine, "half a cosine", "cos"),
                new Choice<AnnealShape>("linear", AnnealShape.Linear, "straight line")),
            spec => spec.Training.Schedule.Anneal)
        {
            Doc = "Shape of the ramps.",
            Default = FieldDefault.Always(AnnealShape.Cosine),
            Example = "linear",
            OtherWords = ["anneal_strategy"],
            Only = With([ScheduleType.PyTorch, ScheduleType.PyTorchThreePhase]),
        };

    public static readonly SpecField<MomentumRange> Momentum =
        new(
            "training.schedule.momentum",
            new MomentumType(),
            spec => new MomentumRange(spec.Training.Schedule.MomentumHigh, spec.Training.Schedule.MomentumLow))
        {
            Doc = "Momentum (AdamW: beta1): high where the rate is low, low at the peak rate; one number keeps it constant, which constant and step need.",
            Default = ByType(schedule => new MomentumRange(schedule.MomentumHigh, schedule.MomentumLow), [.. TypeChoice.Values]),
            Example = "[0.95, 0.85]",
            OtherWords = ["momentums", "betas", "beta1"],
        };

    public static readonly SpecField<ImmutableArray<double>> Milestones =
        new(
            "training.schedule.milestones",
            new RisingListType(new NumberRange(0, 1) { AboveMin = true, BelowMax = true, Percent = true }, fewest: 1),
            spec => spec.Training.Schedule.Milestones)
        {
            Doc = "Fractions of the run at which the rate is multiplied by the factor.",
            Default = ByType(schedule => schedule.Milestones, [ScheduleType.Step]),
            Example = "[0.5, 0.75]",
            OtherWords = ["steps", "drops"],
            Only = With([ScheduleType.Step]),
        };

    public static readonly SpecField<double> Factor =
        new(
            "training.schedule.factor",
            new NumberType(new NumberRange(0, 1) { AboveMin = true, BelowMax = true }),
            spec => spec.Training.Schedule.Factor)
        {
            Doc = "What the rate is multiplied by at each milestone.",
            Default = ByType(schedule => schedule.Factor, [ScheduleType.Step]),
            Example = "0.1",
            OtherWords = ["gamma"],
            Only = With([ScheduleType.Step]),
        };

    public static readonly SpecField<int> Cycles =
        new("training.schedule.cycles", new WholeType(1, 1000), spec => spec.Training.Schedule.Cycles)
        {
            Doc = "Number of cycles.",
            Default = ByType(schedule => schedule.Cycles, [ScheduleType.Triangular]),
            Example = "2",
            Only = With([ScheduleType.Triangular]),
        };

    public static readonly SpecSection Section = new("training.schedule")
    {
        Doc = "Learning rate and momentum over the run; the maximum rate itself is an axis of the search. A type alone is the same as `{type: type}`. Keys that the type ignores are errors.",
        Shorthand = Type,
        OtherWords = ["lr_schedule", "scheduler"],
        Items = [Type, PeakAt, StartDiv, FinalDiv, Cycle, Anneal, Momentum, Milestones, Factor, Cycles],
    };

    /// <summary>Types with a peak whose place can be set.</summary>
    private static ImmutableArray<ScheduleType> PeakTypes =>
        [ScheduleType.Fastai, ScheduleType.PyTorch, ScheduleType.PyTorchThreePhase];

    /// <summary>Types whose rate rises to a peak.</summary>
    public static ImmutableArray<ScheduleType> CycleTypes => [.. TailTypes, ScheduleType.Triangular];

    /// <summary>Types whose rate falls below the first rate at the end.</summary>
    private static ImmutableArray<ScheduleType> TailTypes =>
        [ScheduleType.Fastai, ScheduleType.Smith, ScheduleType.PyTorch, ScheduleType.PyTorchThreePhase];

    private static FieldCondition With(ImmutableArray<ScheduleType> types) => new(
        Type,
        values => types.Contains(values.Get(Type)),
        $"with type {string.Join(", ", types.Select(type => $"`{TypeChoice.Write(type)}`"))}");

    private static FieldDefault<T> ByType<T>(Func<ScheduleSpec, T> setting, ImmutableArray<ScheduleType> types) => FieldDefault.By(
        values => setting(ScheduleDefaults.Of(values.Get(Type))),
        string.Join(", ", types
            .GroupBy(type => SettingText(setting(ScheduleDefaults.Of(type))))
            .Select(group => $"{group.Key}" + (types.Length == 1 ? "" : $" ({string.Join(", ", group.Select(TypeChoice.Write))})"))));

    private static string SettingText<T>(T setting) => setting switch
    {
        double number => Reading.NumberText.Write(number),
        MomentumRange momentum => new MomentumType().Write(momentum),
        ImmutableArray<double> list => $"[{string.Join(", ", list.Select(Reading.NumberText.Write))}]",
        _ => $"{setting}",
    };
}
