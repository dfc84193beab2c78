using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="SearchSpec"/>.</summary>
internal static class SearchFields
{
    /// <summary>Configurations that random search draws where the file is silent.</summary>
    private const int DefaultTrials = 20;

    public static readonly SpecField<SearchStrategy> Strategy =
        new(
            "search.strategy",
            new ChoiceType<SearchStrategy>(
                new Choice<SearchStrategy>("grid", SearchStrategy.Grid, "every combination"),
                new Choice<SearchStrategy>("random", SearchStrategy.Random, "seeded independent draws"),
                new Choice<SearchStrategy>("sobol", SearchStrategy.Sobol, "scrambled Sobol' points, an even cover"),
                new Choice<SearchStrategy>("tpe", SearchStrategy.Tpe, "tree-structured Parzen estimator: learns from results"),
                new Choice<SearchStrategy>("gp", SearchStrategy.GaussianProcess, "Gaussian process with expected improvement: for few, expensive trials"),
                new Choice<SearchStrategy>("cma_es", SearchStrategy.CmaEs, "covariance matrix adaptation: for many trials of numeric axes"),
                new Choice<SearchStrategy>(
                    "super_convergence", SearchStrategy.SuperConvergence, "Smith's recipe: range tests, short cycles, longer ones for the best, baselines"),
                new Choice<SearchStrategy>(
                    "pbt", SearchStrategy.Pbt, "population-based training: whole cycles one after another, between them the worst networks take the weights of the best")),
            spec => spec.Search.Strategy)
        {
            Doc = "How configurations are chosen from the space.",
            Default = FieldDefault.Always(SearchStrategy.Grid),
            Example = "grid",
            OtherWords = ["method", "type", "algorithm"],
            Prominent = true,
        };

    public static readonly SpecField<int> Trials =
        new("search.trials", new WholeType(1, 1_000_000), spec => spec.Search.Trials)
        {
            Doc = "Configurations to try.",
            Default = FieldDefault.Always(DefaultTrials),
            Example = "20",
            OtherWords = ["samples", "num_samples", "n_trials"],
            Only = new FieldCondition(Strategy, values => values.Get(Strategy).CountsTrials(), "with strategy `random`, `sobol`, `tpe`, `gp` or `cma_es`"),
        };

    public static readonly SpecField<int> Seeds =
        new("search.seeds", new WholeType(1, 1000), spec => spec.Search.Seeds)
        {
            Doc = "Trials of each configuration, each with a seed of its own (super_convergence: of the leaders and the baselines).",
            Default = ByStrategy(1, 3, "1, 3 (super_convergence)"),
            Example = "2",
            OtherWords = ["repeats", "replicates"],
            Prominent = true,
        };

    public static readonly SpecField<SelectionSet> SelectBy =
        new(
            "search.select_by",
            new ChoiceType<SelectionSet>(
                new Choice<SelectionSet>("validation", SelectionSet.Validation, "the held-out part of the training images"),
                new Choice<SelectionSet>("test", SelectionSet.Test, "the test images: optimistic, because the winner was chosen on them")),
            spec => spec.Search.SelectBy)
        {
            Doc = "Images whose accuracy, or other objective, ranks the leaderboard; both accuracies are always shown.",
            Default = FieldDefault.Always(SelectionSet.Validation),
            Example = "validation",
            OtherWords = ["selection"],
            Prominent = true,
        };

    public static readonly SpecField<Objective> Objective =
        new("search.objective", new ObjectiveType(), spec => new Objective(spec.Search.Ranking.By, spec.Search.OwnObjective))
        {
            Doc = "Metric that the search, the leaderboard and the winner go by; every one that fits the task, and those of training.metrics, are measured at the end of a trial, whichever it is.",
            Default = FieldDefault.By(
                values => new Objective(values.Get(DataFields.Task) == TaskSpec.Regression ? Metric.R2 : Metric.Accuracy), "accuracy, r2 (task regression)"),
            Example = "macro_f1",
            OtherWords = ["metric", "goal", "score"],
        };

    public static readonly SpecField<AxisSpec> MaxLearningRate =
        new(
            "search.space.max_lr",
            new AxisType(AxisRanges.MaxLearningRate, log: true, rangeTest: true),
            spec => spec.Search.MaxLearningRate)
        {
            Doc = "Peak learning rate (constant and step schedules: the first).",
            Default = ByStrategy<AxisSpec>(
                AxisType.DefaultRangeTest,
                RecipeDefaults.Rates,
                "range_test, {range_test: {low: 0.35, high: 1, points: 2}} (super_convergence)"),
            Example = "range_test",
            OtherWords = ["lr", "learning_rate", "peak_lr", "max_learning_rate"],
            Prominent = true,
        };

    public static readonly SpecField<AxisSpec> BatchSize =
        new(
            "search.space.batch_size",
            new AxisType(AxisRanges.BatchSize, log: true, rangeTest: false, largest: true),
            spec => spec.Search.BatchSize)
        {
            Doc = "Images per optimiser step.",
            Default = ByStrategy<AxisSpec>(Axis(128), Axis([.. RecipeDefaults.BatchSizes]), "128, [128, 512] (super_convergence)"),
            Example = "[128, 256]",
            OtherWords = ["bs", "batch"],
            Prominent = true,
        };

    public static readonly SpecField<AxisSpec> WeightDecay =
        new(
            "search.space.weight_decay",
            new AxisType(AxisRanges.WeightDecay, log: true, rangeTest: false),
            spec => spec.Search.WeightDecay)
        {
            Doc = "Weight decay (AdamW: decoupled).",
            Default = FieldDefault.By<AxisSpec>(
                values => values.Get(Strategy) == SearchStrategy.SuperConvergence
                    ? Axis([.. RecipeDefaults.WeightDecays(values.Get(ModelFields.Name))])
                    : Axis(1e-4),
                "0.0001, [0.0001, 0.001, 0.01] for shallow models and [1e-5, 0.0001, 0.001] for deep ones (super_convergence)"),
            Example = "[1e-4, 5e-4]",
            OtherWords = ["wd", "l2"],
            Prominent = true,
        };

    public static readonly SpecField<AxisSpec> Dropout =
        new(
            "search.space.dropout",
            new AxisType(AxisRanges.Dropout, log: false, rangeTest: false),
            spec => spec.Search.Dropout)
        {
            Doc = "Dropout rate of the model.",
            Default = FieldDefault.Always<AxisSpec>(Axis(0)),
            Example = "0",
            OtherWords = ["drop", "p_drop"],
            Prominent = true,
        };

    public static readonly SpecField<BaselineMode> Baseline =
        new(
            "search.baseline",
            new ChoiceType<BaselineMode>(
                new Choice<BaselineMode>("auto", BaselineMode.Auto, "a constant and a step schedule, each tuned over three rates"),
                new Choice<BaselineMode>("none", BaselineMode.None, "no comparison, and no claim")),
            spec => spec.Search.Baseline)
        {
            Doc = "Conventional schedules that are trained beside the search.",
            Default = ByStrategy(BaselineMode.None, BaselineMode.Auto, "auto"),
            Example = "auto",
            Only = new FieldCondition(
                Strategy, values => values.Get(Strategy) == SearchStrategy.SuperConvergence, "with strategy `super_convergence`"),
        };

    public static readonly SpecField<bool> Reuse =
        new("search.reuse", new FlagType(), spec => spec.Search.Reuse)
        {
            Doc = "Whether a trial or range test that the store holds already, of any sweep, is taken over instead of run again: the same in everything that decides its numbers, on the same kind of device.",
            Default = FieldDefault.Always(true),
            Example = "false",
            OtherWords = ["cache", "reuse_trials"],
        };

    public static readonly SpecField<WarmStartSpec?> WarmStart =
        new(WarmStartSpec.Path, new WarmStartType(), spec => spec.Search.WarmStart)
        {
            Doc = "Earlier sweeps whose results the search begins with: auto takes every finished one of the same model family and data set. Their results count as priors, their weights for nothing.",
            Default = FieldDefault.Always<WarmStartSpec?>(null),
            Example = "auto",
            OtherWords = ["priors", "resume_from", "transfer"],
            Only = new FieldCondition(
                Strategy, values => values.Get(Strategy).LearnsFromOthers(), "with strategy `tpe`, `gp`, `cma_es`, `super_convergence` or `random`"),
        };

    /// <summary>The axes of the space.</summary>
    public static readonly ImmutableArray<SpecField<AxisSpec>> Axes = [MaxLearningRate, BatchSize, WeightDecay, Dropout];

    public static readonly SpecSection Section = new("search")
    {
        Doc = "Which configurations are tried, and how the best one is chosen.",
        OtherWords = ["sweep"],
        Items =
        [
            Strategy, Trials, PopulationFields.Members, PopulationFields.Generations, Seeds, SelectBy, Objective, Baseline, Reuse, WarmStart, StoppingFields.Section,
            new SpecSection("search.space")
            {
                Doc = "Values that each hyperparameter may take: a value, a list or an interval, if need be only beside values of another.",
                OtherWords = ["parameters", "params", "hyperparameters"],
                Items = [.. Axes],
            },
        ],
    };

    private static AxisSpec.Values Axis(params ImmutableArray<double> values) => new(values);

    private static FieldDefault<T> ByStrategy<T>(T usual, T recipe, string words) =>
        FieldDefault.By(values => values.Get(Strategy) == SearchStrategy.SuperConvergence ? recipe : usual, words);
}
