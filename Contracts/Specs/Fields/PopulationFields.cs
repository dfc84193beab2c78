namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="PopulationSpec"/>.</summary>
internal static class PopulationFields
{
    public static readonly SpecField<int> Members =
        new("search.population", new WholeType(4, 1000), spec => Of(spec).Members)
        {
            Doc = "Networks that are trained side by side; a quarter of them is replaced at each boundary.",
            Default = FieldDefault.Always(PopulationSpec.Default.Members),
            Example = "8",
            OtherWords = ["population_size", "members"],
            Only = With(),
        };

    public static readonly SpecField<int> Generations =
        new("search.generations", new WholeType(2, 1000), spec => Of(spec).Generations)
        {
            Doc = "Whole runs of training.epochs that each network goes through.",
            Default = FieldDefault.Always(PopulationSpec.Default.Generations),
            Example = "4",
            OtherWords = ["rounds"],
            Only = With(),
        };

    private static PopulationSpec Of(SweepSpec spec) => spec.Search.Population ?? PopulationSpec.Default;

    private static FieldCondition With() =>
        new(SearchFields.Strategy, values => values.Get(SearchFields.Strategy) == SearchStrategy.Pbt, "with strategy `pbt`");
}
