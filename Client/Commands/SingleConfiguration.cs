using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary>Makes a sweep of one trial out of a spec: the first value of every axis, unless the command line says otherwise.</summary>
internal static class SingleConfiguration
{
    /// <summary>The spec with one configuration and one seed.</summary>
    /// <param name="spec">Spec of a sweep.</param>
    /// <exception cref="CliException">An axis is an interval and the command line does not choose.</exception>
    public static SweepSpec Of(SweepSpec spec)
    {
        SearchSpec search = spec.Search;
        var problems = new List<SpecProblem>();
        SearchSpec single = search with
        {
            Strategy = SearchStrategy.Grid,
            Trials = 1,
            Baseline = BaselineMode.None,
            Reuse = false, // who asks for one run wants to see it run
            Seeds = 1,
            MaxLearningRate = First(search.MaxLearningRate, "max_lr", "--max-lr", problems),
            BatchSize = First(search.BatchSize, "batch_size", "--batch-size", problems),
            WeightDecay = First(search.WeightDecay, "weight_decay", "--weight-decay", problems),
            Dropout = First(search.Dropout, "dropout", "--dropout", problems),
        };
        return problems.Count == 0 ? spec with { Search = single } : throw CliException.Of($"One configuration of '{spec.Name}'", problems);
    }

    private static AxisSpec First(AxisSpec axis, string key, string option, List<SpecProblem> problems)
    {
        switch (axis)
        {
            case AxisSpec.Values values:
                return new AxisSpec.Values([values.List[0]]);
            case AxisSpec.FromRangeTest test:
                return test with { Low = test.High, Points = 1 };
            default:
                problems.Add(new SpecProblem($"search.space.{key}", null, $"is an interval; choose one value with {option}"));
                return axis;
        }
    }
}
