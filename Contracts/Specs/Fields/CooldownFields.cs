using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="CooldownSpec"/>.</summary>
internal static class CooldownFields
{
    public static readonly SpecField<ImmutableArray<double>> At =
        new(
            "training.cooldown.at",
            new RisingListType(new NumberRange(0, 1) { AboveMin = true, BelowMax = true, Percent = true }, fewest: 0),
            spec => spec.Training.Cooldown?.At ?? [])
        {
            Doc = "Fractions of a run at which a copy of it is annealed and measured on the validation images, while the run itself goes on unchanged.",
            Default = FieldDefault.Always<ImmutableArray<double>>([]),
            Example = "[0.5, 0.75]",
            OtherWords = ["points", "fractions"],
        };

    public static readonly SpecField<double> Length =
        new(
            "training.cooldown.length",
            new NumberType(new NumberRange(0, 0.5) { AboveMin = true, Percent = true }),
            spec => spec.Training.Cooldown?.Length ?? CooldownSpec.DefaultLength)
        {
            Doc = "Length of each anneal over that of the run: the rate falls in a straight line to 0. It counts in the trial's epochs and time.",
            Default = FieldDefault.Always(CooldownSpec.DefaultLength),
            Example = "0.1",
            OtherWords = ["fraction", "share"],
            Only = new FieldCondition(At, values => !values.Get(At).IsDefaultOrEmpty, "with `at`"),
        };

    public static readonly SpecSection Section = new("training.cooldown")
    {
        Doc = "Honest readings on the way: what the run would reach if it were annealed now.",
        OtherWords = ["cool_down", "cooldowns"],
        Items = [At, Length],
    };
}
