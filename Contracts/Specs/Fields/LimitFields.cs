namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="LimitsSpec"/>.</summary>
internal static class LimitFields
{
    public static readonly SpecField<int?> Trials =
        new("limits.trials", new OptionalType<int>(new WholeType(1), "none"), spec => spec.Limits.Trials)
        {
            Doc = "Most trials that are started.",
            Default = FieldDefault.Always<int?>(null),
            Example = "30",
            OtherWords = ["max_trials"],
        };

    public static readonly SpecField<double?> Epochs =
        new("limits.epochs", new OptionalType<double>(new NumberType(new NumberRange(0) { AboveMin = true }), "none"), spec => spec.Limits.Epochs)
        {
            Doc = "Most epochs of training in all, range tests included.",
            Default = FieldDefault.Always<double?>(null),
            Example = "200",
            OtherWords = ["max_epochs"],
        };

    public static readonly SpecField<TimeSpan?> WallTime =
        new("limits.wall_time", new OptionalType<TimeSpan>(new DurationType(), "none"), spec => spec.Limits.WallTime)
        {
            Doc = "Longest time that the sweep is at work, interruptions not counted.",
            Default = FieldDefault.Always<TimeSpan?>(null),
            Example = "30m",
            OtherWords = ["wall", "time", "timeout", "max_time", "wall_clock"],
        };

    public static readonly SpecField<int?> MaxParallel =
        new("limits.max_parallel", new OptionalType<int>(new WholeType(1), "none"), spec => spec.Limits.MaxParallel)
        {
            Doc = "Most jobs at once; without it as many as there are free slots.",
            Default = FieldDefault.Always<int?>(null),
            Example = "2",
            OtherWords = ["parallel", "concurrency", "max_concurrent"],
        };

    public static readonly SpecField<int> Attempts =
        new("limits.attempts", new WholeType(1, 100), spec => spec.Limits.Attempts)
        {
            Doc = "Times that a job whose worker was lost is started before it counts as failed.",
            Default = FieldDefault.Always(LimitsSpec.DefaultAttempts),
            Example = "5",
            OtherWords = ["retries", "max_attempts"],
        };

    public static readonly SpecField<TimeSpan> NoProgress =
        new("limits.no_progress", new DurationType(), spec => spec.Limits.NoProgress ?? LimitsSpec.UsualNoProgress)
        {
            Doc = "Time without a step after which a running job counts as hung: it is given up there and runs elsewhere, from its last checkpoint.",
            Default = FieldDefault.Always(LimitsSpec.UsualNoProgress),
            Example = "2m",
            OtherWords = ["hang", "stall", "stall_timeout"],
        };

    public static readonly SpecSection Section = new("limits")
    {
        Doc = "What the sweep may spend. A limit that is reached ends the sweep with what it has; it is not an error.",
        OtherWords = ["limit", "budget"],
        Items = [Trials, Epochs, WallTime, MaxParallel, Attempts, NoProgress],
    };
}
