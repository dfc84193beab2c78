using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="TrainingSpec"/>.</summary>
internal static class TrainingFields
{
    public static readonly SpecField<double> Epochs =
        new("training.epochs", new NumberType(new NumberRange(0, 100_000) { AboveMin = true }), spec => spec.Training.Epochs)
        {
            Doc = "Length of one run in passes over the training images; may be a fraction, such as 0.5.",
            Default = FieldDefault.None(1.0),
            Example = "3",
            Prominent = true,
        };

    public static readonly SpecField<int> EvaluateEvery =
        new("training.evaluate_every", new WholeType(1), spec => spec.Training.EvaluateEvery)
        {
            Doc = "Epochs between evaluations on the validation images; the end of the run is always evaluated.",
            Default = FieldDefault.Always(1),
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
        };

    public static readonly SpecSection Section = new("training")
    {
        Doc = "How one trial trains.",
        OtherWords = ["train", "trainer"],
        Items = [Epochs, ScheduleFields.Section, OptimizerFields.Section, EvaluateEvery, TestAtEpochs, CooldownFields.Section],
    };
}
