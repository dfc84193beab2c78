using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Prediction;

/// <summary>A job before anything has run.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="Epochs">Length in epochs; null for one that is counted in steps.</param>
/// <param name="Steps">Length in steps where it is counted in them.</param>
/// <param name="Cell">Of a range test: its cell. Of a trial: the cell whose range test it waits for; null: any, where there are some.</param>
internal readonly record struct PlannedJob(JobKind Kind, int BatchSize, double? Epochs, int? Steps = null, int? Cell = null);

/// <summary>The jobs that a spec will run. What results decide is taken at its most, and batch sizes that are not chosen yet in turn.</summary>
internal static class WorkList
{
    /// <summary>Values of an interval of batch sizes that stand for all of it.</summary>
    private const int BatchesOfAnInterval = 3;

    /// <summary>The jobs, in about the order in which they run.</summary>
    public static ImmutableArray<PlannedJob> Of(SweepSpec spec)
    {
        SearchSpec search = spec.Search;
        if (spec is { Purpose: SweepPurpose.Search } && search.Strategy == SearchStrategy.SuperConvergence)
        {
            RecipeSize size = RecipeSize.Of(spec);
            double factor = Recipe.RecipeSettings.Of(spec).RangeTestFactor(size.Cells);
            return
            [
                .. SearchPlan.Of(spec).Cells.Select((cell, index) => RangeTest(spec, cell.BatchSize, factor) with { Cell = index + 1 }),
                .. Spread(spec, size.Steps.SelectMany(step => Enumerable.Repeat(step.Epochs, step.Trials))),
            ];
        }

        SearchPlan plan = SearchPlan.Of(spec);
        bool tested = search.MaxLearningRate is AxisSpec.FromRangeTest || spec.Purpose == SweepPurpose.RangeTestsOnly;
        IEnumerable<PlannedJob> tests = tested ? plan.Cells.Select((cell, index) => RangeTest(spec, cell.BatchSize, 1) with { Cell = index + 1 }) : [];
        IEnumerable<PlannedJob> trials = plan.Trials.Select(trial => Trial(spec, plan.Cells[trial.Cell - 1].BatchSize, spec.Training.Epochs) with { Cell = trial.Cell });
        if (spec.ClimbsRungs())
        {
            trials = Spread(spec, search.Stopping!.Steps(search.Trials, spec.Training.Epochs).SelectMany(step => Enumerable.Repeat(step.Epochs, step.Trials))); // it has a rule
        }
        else if (spec is { Search.Strategy: SearchStrategy.Pbt, Purpose: SweepPurpose.Search })
        {
            trials = Spread(spec, Enumerable.Repeat(spec.Training.Epochs, (int)Math.Min(SpecSize.Trials(spec), spec.Limits.Trials ?? int.MaxValue)));
        }
        else if (spec.SuggestsOnItsWay())
        {
            int most = (int)Math.Min((double)search.Trials * search.Seeds, spec.Limits.Trials ?? int.MaxValue);
            trials = Spread(spec, Enumerable.Repeat(spec.Training.Epochs, most));
        }

        return [.. tests, .. trials];
    }

    /// <summary>Batch sizes of a list of jobs, each once.</summary>
    public static ImmutableArray<int> Batches(ImmutableArray<PlannedJob> jobs) => [.. jobs.Select(job => job.BatchSize).Distinct().Order()];

    private static PlannedJob Trial(SweepSpec spec, int batchSize, double epochs) => epochs > 0
        ? new PlannedJob(JobKind.Trial, batchSize, epochs * spec.Training.CostFactor)
        : new PlannedJob(JobKind.Trial, batchSize, null, spec.Training.Steps);

    private static PlannedJob RangeTest(SweepSpec spec, int batchSize, double factor) => spec.RangeTest switch
    {
        { Method: RangeTestMethod.Fastai } test => new PlannedJob(JobKind.RangeTest, batchSize, null, test.Steps ?? RangeTestDefaults.FastaiSteps),
        { Steps: { } steps } => new PlannedJob(JobKind.RangeTest, batchSize, null, steps),
        { } test => new PlannedJob(JobKind.RangeTest, batchSize, test.Epochs * factor),
    };

    private static IEnumerable<PlannedJob> Spread(SweepSpec spec, IEnumerable<double> lengths)
    {
        AxisSpec axis = spec.Search.BatchSize is AxisSpec.Range range ? range with { Points = BatchesOfAnInterval } : spec.Search.BatchSize;
        int[] batches = [.. AxisValues.OfGrid(axis).Select(value => (int)Math.Round(value))];
        return lengths.Select((epochs, index) => Trial(spec, batches[index % batches.Length], epochs));
    }
}
