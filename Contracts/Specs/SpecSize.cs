namespace Sweeper.Contracts.Specs;

/// <summary>How much a spec asks for, before any limit.</summary>
public static class SpecSize
{
    /// <summary>Trials that the spec plans: configurations times seeds (cycle_hyperband: about as many as its cycles). A double, because a grid can pass any integer.</summary>
    public static double Trials(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SearchSpec search = spec.Search;
        if (search.Strategy == SearchStrategy.SuperConvergence)
        {
            return RecipeSize.Of(spec).Trials;
        }

        double configurations = search.Strategy == SearchStrategy.Grid
            ? Points(search.MaxLearningRate) * Cells(spec)
            : search.Trials;
        return spec.ClimbsRungs()
            ? search.Stopping!.Steps(search.Trials, spec.Training.Epochs).Sum(step => (double)step.Trials) // it has a rule
            : configurations * search.Seeds;
    }

    /// <summary>Combinations of batch size, weight decay and dropout on a grid, each of which needs a range test of its own.</summary>
    public static double Cells(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Points(spec.Search.BatchSize) * Points(spec.Search.WeightDecay) * Points(spec.Search.Dropout);
    }

    /// <summary>Cells that a sampler has range-tested before it begins: ends and middle of an interval, every value of a list, one axis at a time.</summary>
    public static int TestedCells(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        AxisSpec[] axes = [spec.Search.BatchSize, spec.Search.WeightDecay, spec.Search.Dropout];
        return 1 + axes.Sum(axis => axis is AxisSpec.Values values ? values.List.Length - 1 : 2);
    }

    private static double Points(AxisSpec axis) => axis switch
    {
        AxisSpec.Values values => values.List.Length,
        AxisSpec.Range range => range.Points,
        AxisSpec.FromRangeTest test => test.Points,
        _ => 0,
    };
}
