using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary>What a spec would do, counted without drawing the search.</summary>
/// <param name="Name">Name of the sweep.</param>
/// <param name="Model">Model.</param>
/// <param name="DataSet">Data set.</param>
/// <param name="Cells">Combinations of training size, batch size, weight decay and dropout.</param>
/// <param name="CellsAreUpperBound">Whether random search may draw fewer.</param>
/// <param name="RangeTests">Range tests, one for each cell where the space asks for them.</param>
/// <param name="Trials">Trials, replicates included, before limits.</param>
/// <param name="Seeds">Replicates of each configuration.</param>
/// <param name="Epochs">Epochs of all trials and of range tests that are given in epochs, before limits.</param>
/// <param name="RangeTestSteps">Steps of each range test where they are given in steps; null otherwise.</param>
/// <param name="Limits">Limits in words.</param>
internal sealed record SpecPlan(
    string Name,
    string Model,
    string DataSet,
    double Cells,
    bool CellsAreUpperBound,
    double RangeTests,
    double Trials,
    int Seeds,
    double Epochs,
    int? RangeTestSteps,
    ImmutableArray<string> Limits)
{
    /// <summary>Steps of the recipe, each with what it takes at most, or of Cycle-Hyperband, about; empty for other searches.</summary>
    public ImmutableArray<RecipeStep> Recipe { get; init; } = [];

    /// <summary>Optimiser steps of all trials where their length is given in steps; null otherwise.</summary>
    public double? TrainingSteps { get; init; }

    /// <summary>Whether those are of Cycle-Hyperband.</summary>
    public bool RungsDecide { get; init; }

    /// <summary>How trials are stopped early, and why so; null where nothing is searched.</summary>
    public string? Stopping { get; init; }

    /// <summary>Counts it.</summary>
    public static SpecPlan Of(SweepSpec spec) =>
        Counted(spec) with { Stopping = spec.Purpose == SweepPurpose.Search ? StoppingChoice.Words(spec) : null };

    private static SpecPlan Counted(SweepSpec spec)
    {
        SearchSpec search = spec.Search;
        bool random = search.Strategy.Draws();
        AxisSpec[] cellAxes = [search.BatchSize, search.WeightDecay, search.Dropout];
        bool drawnCells = random && cellAxes.Any(axis => axis is AxisSpec.Range);
        double draws = search.Strategy.CountsTrials() ? search.Trials : SpecSize.Trials(spec);
        double cells = drawnCells ? draws : SpecSize.Cells(spec);
        cells = random ? Math.Min(cells, draws) : cells;
        double rangeTests = search.MaxLearningRate is not AxisSpec.FromRangeTest ? 0 : spec.SuggestsOnItsWay() || search.Strategy == SearchStrategy.Pbt ? SpecSize.TestedCells(spec) : cells;
        int? steps = rangeTests == 0 ? null : spec.RangeTest.Steps ?? (spec.RangeTest.Method == RangeTestMethod.Fastai ? RangeTestDefaults.FastaiSteps : null);
        double trials = SpecSize.Trials(spec);
        if (search.Strategy == SearchStrategy.SuperConvergence && spec.Purpose == SweepPurpose.Search)
        {
            return OfRecipe(spec, steps);
        }

        ImmutableArray<RecipeStep> rungs = spec.ClimbsRungs() ? search.Stopping!.Steps(search.Trials, spec.Training.Epochs) : []; // it has a rule
        return new SpecPlan(
            spec.Name,
            spec.Model.Name,
            spec.Data.Set,
            cells,
            random && cells > 1,
            rangeTests,
            trials,
            search.Seeds,
            ((rungs.IsEmpty ? spec.Training.Steps is null ? trials * spec.Training.Epochs : 0 : rungs.Sum(rung => rung.Trials * rung.Epochs)) * spec.Training.CostFactor)
                + (steps is null ? rangeTests * spec.RangeTest.Epochs : 0),
            steps,
            [.. Words(spec.Limits)])
        {
            Recipe = rungs,
            RungsDecide = !rungs.IsEmpty,
            TrainingSteps = spec.Training.Steps is { } length ? trials * length : null,
        };
    }

    /// <summary>The recipe decides on its way: what it takes at most.</summary>
    private static SpecPlan OfRecipe(SweepSpec spec, int? steps)
    {
        RecipeSize size = RecipeSize.Of(spec);
        double tests = steps is null ? Math.Min(size.Cells * spec.RangeTest.Epochs, spec.Training.Epochs * RecipeDefaults.RangeTestShare) : 0;
        return new SpecPlan(
            spec.Name,
            spec.Model.Name,
            spec.Data.Set,
            size.Cells,
            CellsAreUpperBound: false,
            size.Cells,
            size.Trials,
            spec.Search.Seeds,
            (size.Epochs * spec.Training.CostFactor) + tests,
            steps,
            [.. Words(spec.Limits)])
        {
            Recipe = size.Steps,
        };
    }

    private static IEnumerable<string> Words(LimitsSpec limits)
    {
        if (limits.Trials is { } trials)
        {
            yield return $"at most {HumanText.Count(trials, "trial")}";
        }

        if (limits.Epochs is { } epochs)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"at most {epochs:0.##} epochs, range tests included");
        }

        if (limits.WallTime is { } time)
        {
            yield return $"at most {HumanText.Duration(time.TotalSeconds)} at work";
        }

        if (limits.MaxParallel is { } parallel)
        {
            yield return $"at most {HumanText.Count(parallel, "job")} at once";
        }
    }
}
