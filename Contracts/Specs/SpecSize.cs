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

        if (search.Strategy == SearchStrategy.Pbt)
        {
            PopulationSpec population = search.Population ?? PopulationSpec.Default;
            return (double)population.Members * population.Generations;
        }

        double configurations = search.Strategy == SearchStrategy.Grid
            ? AxisGrid.Size(spec).Points
            : search.Trials;
        return spec.ClimbsRungs()
            ? search.Stopping!.Steps(search.Trials, spec.Training.Epochs).Sum(step => (double)step.Trials) // it has a rule
            : configurations * search.Seeds;
    }

    /// <summary>Combinations of training size, batch size, weight decay and dropout on a grid, each of which needs a range test of its own.</summary>
    public static double Cells(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return AxisGrid.Size(spec).Cells;
    }

    /// <summary>Cells that a sampler has range-tested before it begins: ends and middle of an interval, every value of a list, one axis at a time.</summary>
    public static int TestedCells(SweepSpec spec) => CellDesign.Corners(spec).Length;
}
