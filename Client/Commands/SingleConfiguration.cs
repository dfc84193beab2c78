using Sweeper.Contracts.Jobs;
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
        var axes = new SearchAxes(spec);
        (CellKey cell, double rate) = axes.PointAt([.. axes.All.Select(axis => axis.Axis is AxisSpec.Range range ? range.Min : AxisGrid.Of(axis.Axis)[0])]);
        SearchSpec single = search with
        {
            Strategy = SearchStrategy.Grid,
            Trials = 1,
            Baseline = BaselineMode.None,
            Reuse = false, // who asks for one run wants to see it run
            Seeds = 1,
            Stopping = null, // there is nothing to compare it with
            WarmStart = null,
            Population = null,
            MaxLearningRate = First(search.MaxLearningRate, rate, "search.space.max_lr", "--max-lr", problems),
            BatchSize = First(search.BatchSize, cell.BatchSize, "search.space.batch_size", "--batch-size", problems),
            WeightDecay = First(search.WeightDecay, cell.WeightDecay, "search.space.weight_decay", "--weight-decay", problems),
            Dropout = First(search.Dropout, cell.Dropout, "search.space.dropout", "--dropout", problems),
        };
        ModelAxes? settings = spec.Model.Settings is { } own
            ? new ModelAxes([.. own.List.Select(axis => axis with
            {
                Axis = First(axis.Axis, AxisGrid.Of(axis.Axis).FirstOrDefault(), $"model.settings.{axis.Name}", "one value in the spec", problems),
                Words = axis.Words.IsEmpty ? [] : axis.Words[..1],
            })])
            : null;
        DataSpec data = spec.Data.TrainSizes is { List: [var size, ..] }
            ? spec.Data with { TrainSize = size == DataSpec.All ? null : (int)size, TrainSizes = null }
            : spec.Data;
        return problems.Count == 0 ? spec with { Search = single, Data = data, Model = spec.Model with { Settings = settings } } : throw CliException.Of($"One configuration of '{spec.Name}'", problems);
    }

    private static AxisSpec First(AxisSpec axis, double first, string key, string option, List<SpecProblem> problems)
    {
        switch (axis)
        {
            case AxisSpec.FromRangeTest test:
                return test with { Low = test.High, Points = 1 };
            case AxisSpec.Range:
                problems.Add(new SpecProblem(key, null, $"is an interval; choose one value: {option}"));
                return axis;
            default:
                return new AxisSpec.Values([first]);
        }
    }
}
