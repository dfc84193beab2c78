using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="TrainerSpec"/>.</summary>
internal static class TrainerFields
{
    public static readonly SpecField<ImmutableArray<string>> Command =
        new("trainer.command", new TextListType("a list: the program, then each of its arguments", "[python3, train.py]"), spec => spec.Trainer?.Command ?? [])
        {
            Doc = "Program that trains, and its arguments, in place of `model` and `data`; no shell reads them. Words in braces stand for values of the job, such as `--lr={max_lr}`; see [external trainers](external-trainers.md).",
            Default = FieldDefault.Always<ImmutableArray<string>>([], "the engine trains"),
            Example = "[python3, train.py]",
            OtherWords = ["cmd", "run", "exec", "args"],
        };

    private static readonly FieldCondition OfCommand = new(Command, Given, "with `trainer.command`");

    /// <summary>For fields that a program of the user's own stands in for.</summary>
    public static readonly FieldCondition WithoutCommand = new(Command, values => !Given(values), "without `trainer.command`");

    public static readonly SpecField<int?> TrainExamples =
        new("trainer.train_examples", new OptionalType<int>(new WholeType(1, 1_000_000_000), "none"), spec => spec.Trainer is { TrainExamples: > 0 } trainer ? trainer.TrainExamples : null)
        {
            Doc = "Examples in one pass over the training data, those held out not counted: with the batch size they give the steps of an epoch.",
            Default = FieldDefault.Always<int?>(null, "required"),
            Example = "50000",
            OtherWords = ["examples", "samples", "train_size"],
            Only = OfCommand,
        };

    public static readonly SpecField<int> ValidationExamples =
        new("trainer.validation_examples", new WholeType(0, 1_000_000_000), spec => spec.Trainer?.ValidationExamples ?? 0)
        {
            Doc = "Examples that the program holds out to select by; 0: none, and `search.select_by` is `test`.",
            Default = FieldDefault.Always(0),
            Example = "5000",
            OtherWords = ["validation", "val_examples"],
            Only = OfCommand,
        };

    public static readonly SpecField<int?> Classes =
        new("trainer.classes", new OptionalType<int>(new WholeType(2, 1_000_000), "none"), spec => spec.Trainer is { Classes: > 0 } trainer ? trainer.Classes : null)
        {
            Doc = "Classes that accuracy is about: chance is one over them.",
            Default = FieldDefault.Always<int?>(null, "required"),
            Example = "10",
            OtherWords = ["num_classes", "n_classes"],
            Only = OfCommand,
        };

    public static readonly SpecField<string?> Workdir =
        new("trainer.workdir", new OptionalTextType(new TextType("a folder", SpecPatterns.FilePath())), spec => spec.Trainer?.Workdir)
        {
            Doc = "Folder that the command runs in; a relative one counts from the folder of the spec.",
            Default = FieldDefault.Always<string?>(null, "the folder of the spec"),
            Example = "trainer",
            OtherWords = ["cwd", "dir", "folder"],
            Only = OfCommand,
        };

    public static readonly SpecField<ImmutableArray<string>> Files =
        new("trainer.files", new TextListType("a list of files", "[model.py]"), spec => spec.Trainer?.Files ?? [])
        {
            Doc = "Further files that decide the results, such as modules that the script imports. Files that the command names count by themselves; where one of them all is changed, results are not used again.",
            Default = FieldDefault.Always<ImmutableArray<string>>([], "none"),
            Example = "[model.py]",
            OtherWords = ["sources", "modules"],
            Only = OfCommand,
        };

    public static readonly SpecField<ImmutableArray<string>> Env =
        new("trainer.env", new EnvironmentType(), spec => spec.Trainer?.Environment ?? [])
        {
            Doc = "Environment variables of the command, above those of the worker.",
            Default = FieldDefault.Always<ImmutableArray<string>>([], "none"),
            Example = "{CUBLAS_WORKSPACE_CONFIG: \":4096:8\"}",
            OtherWords = ["environment"],
            Only = OfCommand,
        };

    public static readonly SpecField<TimeSpan?> Timeout =
        new("trainer.timeout", new OptionalType<TimeSpan>(new DurationType(), "none"), spec => spec.Trainer?.Timeout)
        {
            Doc = "Longest time of one run of the command; past it the job has failed. Silence is bounded by `limits.no_progress`.",
            Default = FieldDefault.Always<TimeSpan?>(null),
            Example = "1h",
            OtherWords = ["max_time", "time_limit"],
            Only = OfCommand,
        };

    public static readonly SpecField<TimeSpan> Grace =
        new("trainer.grace", new DurationType(), spec => spec.Trainer?.Grace ?? TrainerSpec.UsualGrace)
        {
            Doc = "Time that a command has between SIGTERM, which asks it to stop, and SIGKILL, which ends it and everything that it started.",
            Default = FieldDefault.Always(TrainerSpec.UsualGrace),
            Example = "30s",
            OtherWords = ["kill_after", "grace_period"],
            Only = OfCommand,
        };

    public static readonly SpecSection Section = new("trainer")
    {
        Doc = "A program of your own that trains, in place of `model` and `data`: a Python script, say. Only where the operator of the workers permits it.",
        OtherWords = ["program", "script", "external"],
        Items = [Command, TrainExamples, ValidationExamples, Classes, Workdir, Files, Env, Timeout, Grace],
    };

    /// <summary>The trainer that a file gives; null where it gives none.</summary>
    public static TrainerSpec? Of(SpecValues values) => Given(values)
        ? new TrainerSpec(
            values.Get(Command),
            values.Get(TrainExamples) ?? 0,
            values.Get(ValidationExamples),
            values.Get(Classes) ?? 0,
            values.Get(Workdir),
            values.Get(Files),
            values.Get(Env),
            values.Get(Timeout),
            values.Get(Grace))
        : null;

    private static bool Given(SpecValues values) => !values.Get(Command).IsDefaultOrEmpty;
}
