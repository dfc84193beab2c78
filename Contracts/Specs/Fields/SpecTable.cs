using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Every field of a spec, once.</summary>
internal static class SpecTable
{
    public static readonly SpecField<string> Name =
        new(
            "name",
            new TextType("1 to 60 lower-case letters, digits, '.', '_' and '-', a letter or digit first", SpecPatterns.SweepName()),
            spec => spec.Name)
        {
            Doc = "Name of the sweep, unique in its store. Running a spec of the same name goes on where the sweep stands.",
            Default = FieldDefault.None("unnamed"),
            Example = "quickstart",
            Prominent = true,
        };

    public static readonly SpecField<int> Seed = new("seed", new WholeType(0), spec => spec.Seed)
    {
        Doc = "Seed of the search and, with a trial's replicate number, of every trial.",
        Default = FieldDefault.Always(1),
        Example = "1",
        OtherWords = ["random_seed"],
        Prominent = true,
    };

    /// <summary>The whole spec.</summary>
    public static readonly SpecSection Root = new("")
    {
        Doc = "What a sweep is to do: everything that decides its results, nothing about where it runs.",
        Items =
        [
            Name, Seed, DataFields.Section, ModelFields.Section, TrainerFields.Section, TrainingFields.Section,
            RangeTestFields.Section, SearchFields.Section, LimitFields.Section, SharingFields.Section,
        ],
    };

    /// <summary>Every field, in the order of the reference.</summary>
    public static readonly ImmutableArray<SpecField> Fields = [.. Root.Fields];

    /// <summary>Every section, the whole first.</summary>
    public static IEnumerable<SpecSection> Sections => Nested(Root);

    private static IEnumerable<SpecSection> Nested(SpecSection section) =>
        section.Items.OfType<SpecSection>().SelectMany(Nested).Prepend(section);
}
