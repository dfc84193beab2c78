using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="RangeTestSpec"/>.</summary>
internal static class RangeTestFields
{
    private static readonly string LastRates = string.Join(", ", RangeTestDefaults.LastRates
        .GroupBy(entry => entry.To, entry => entry.ModelPrefix.Length == 0 ? "other models" : entry.ModelPrefix)
        .Select(group => $"{NumberText.Write(group.Key)} for {string.Join(" and ", group)}"));

    public static readonly SpecField<RangeTestMethod> Method =
        new(
            "range_test.method",
            new ChoiceType<RangeTestMethod>(
                new Choice<RangeTestMethod>("smith", RangeTestMethod.Smith, "linear ramp, held-out accuracy along it"),
                new Choice<RangeTestMethod>("fastai", RangeTestMethod.Fastai, "exponential ramp, smoothed training loss")),
            spec => spec.RangeTest.Method)
        {
            Doc = "Whose test.",
            Default = FieldDefault.Always(RangeTestMethod.Smith),
            Example = "smith",
            OtherWords = ["type"],
        };

    public static readonly SpecField<double> From =
        new("range_test.from", new NumberType(new NumberRange(0, 1000)), spec => spec.RangeTest.From)
        {
            Doc = "First learning rate; greater than 0 with `fastai`.",
            Default = FieldDefault.By(values => RangeTestDefaults.From(values.Get(Method)), "0 (smith), 1e-7 (fastai)"),
            Example = "0.001",
            OtherWords = ["min", "start", "min_lr"],
        };

    public static readonly SpecField<double> To =
        new("range_test.to", new NumberType(new NumberRange(0, 1000) { AboveMin = true }), spec => spec.RangeTest.To)
        {
            Doc = "Last learning rate.",
            Default = FieldDefault.By(
                values => RangeTestDefaults.To(values.Get(Method), values.Get(ModelFields.Name), values.Get(OptimizerFields.Type)),
                $"{LastRates} (smith; divided by {NumberText.Write(RangeTestDefaults.AdamWDivisor)} with adamw), 10 (fastai)"),
            Example = "1",
            OtherWords = ["max", "end", "max_lr"],
        };

    public static readonly SpecField<double> Epochs =
        new("range_test.epochs", new NumberType(new NumberRange(0, 1000) { AboveMin = true }), spec => spec.RangeTest.Epochs)
        {
            Doc = "Length of the ramp in epochs.",
            Default = FieldDefault.Always(RangeTestDefaults.Epochs),
            Example = "2",
            Only = new FieldCondition(Method, values => values.Get(Method) == RangeTestMethod.Smith, "with method `smith`"),
        };

    public static readonly SpecField<int?> Steps =
        new("range_test.steps", new OptionalType<int>(new WholeType(20, 10_000_000), "by_epochs"), spec => spec.RangeTest.Steps)
        {
            Doc = "Length of the ramp in optimiser steps, in place of `epochs`; at least `points` with `smith`.",
            Default = FieldDefault.Always<int?>(null, "by `epochs` (smith), 100 (fastai)"),
            Example = "200",
            OtherWords = ["iterations", "num_iter"],
        };

    public static readonly SpecField<int> Points =
        new("range_test.points", new WholeType(50, 10_000), spec => spec.RangeTest.Points)
        {
            Doc = "Evaluations of held-out accuracy along the ramp.",
            Default = FieldDefault.Always(RangeTestDefaults.Points),
            Example = "50",
            OtherWords = ["evaluations"],
            Only = new FieldCondition(Method, values => values.Get(Method) == RangeTestMethod.Smith, "with method `smith`"),
        };

    public static readonly SpecField<double> PullBack =
        new("range_test.pull_back", new NumberType(new NumberRange(0, 1) { AboveMin = true, Percent = true }), spec => spec.RangeTest.PullBack)
        {
            Doc = "Factor on the suggested maximum before it is used.",
            Default = FieldDefault.Always(RangeTestDefaults.PullBack),
            Example = "0.7",
            OtherWords = ["pullback"],
        };

    public static readonly SpecSection Section = new("range_test")
    {
        Doc = "How the LR range test of a cell (batch size, weight decay, dropout) runs, where `max_lr` asks for one.",
        OtherWords = ["lr_range_test", "lr_find", "lr_finder"],
        Items = [Method, From, To, Epochs, Steps, Points, PullBack],
    };
}
