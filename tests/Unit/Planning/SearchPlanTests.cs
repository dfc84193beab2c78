using System.Collections.Immutable;
using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

public sealed class SearchPlanTests
{
    private static readonly SweepSpec Grid = TestSpecs.Rates(0.1, 0.2).WithSearch(search => search with
    {
        BatchSize = TestSpecs.Values(32, 64),
        WeightDecay = TestSpecs.Values(1e-4),
        Dropout = TestSpecs.Values(0, 0.5),
    });

    private static readonly SweepSpec Random = Grid.WithSearch(search => search with
    {
        Strategy = SearchStrategy.Random,
        Trials = 20,
        MaxLearningRate = new AxisSpec.Range(0.01, 1, Log: true, 0),
        BatchSize = new AxisSpec.Range(16, 512, Log: true, 0),
    });

    [Fact]
    public void Of_Grid_NumbersCellsAndTrialsRateFirst()
    {
        SearchPlan plan = SearchPlan.Of(Grid);

        Assert.Equal([new CellKey(32, 1e-4, 0), new CellKey(32, 1e-4, 0.5), new CellKey(64, 1e-4, 0), new CellKey(64, 1e-4, 0.5)], plan.Cells);
        Assert.Equal(
            [(1, 0.1), (1, 0.2), (2, 0.1), (2, 0.2), (3, 0.1), (3, 0.2), (4, 0.1), (4, 0.2)],
            plan.Trials.Select(trial => (trial.Cell, trial.Rate)));
    }

    [Fact]
    public void Of_GridOverSizes_GivesEachItsOwnCellsTheSmallestListedFirst()
    {
        SweepSpec spec = Grid with { Data = Grid.Data with { TrainSizes = TestSpecs.Values(1000, DataSpec.All) } };

        SearchPlan plan = SearchPlan.Of(spec);

        Assert.Equal(SearchPlan.Of(Grid).Cells.Select(cell => cell with { TrainSize = 1000 }).Concat(SearchPlan.Of(Grid).Cells), plan.Cells);
        Assert.Equal(16, plan.Trials.Length);
        Assert.Equal(SpecSize.Trials(spec), plan.Trials.Length);
    }

    [Fact]
    public void Of_RandomOverSizes_DrawsThemAndTheRestAsWithOneSize()
    {
        SweepSpec spec = Random with { Data = Random.Data with { TrainSizes = TestSpecs.Values(1000, 3000, DataSpec.All) } };

        SearchPlan plan = SearchPlan.Of(spec);

        Assert.Equal([null, 1000, 3000], plan.Cells.Select(cell => cell.TrainSize).Distinct().Order());
        Assert.Equal(SearchPlan.Of(Random).Cells[0], plan.Cells[0] with { TrainSize = null });
    }

    [Fact]
    public void Of_AnyConditionalSpace_PlansNoConfigurationTwiceAndKeepsTheConditions() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Bool, Gen.Bool).Sample((seed, random, chain) =>
        {
            SweepSpec spec = (Grid with { Seed = seed }).WithSearch(search => search with
            {
                Strategy = random ? SearchStrategy.Random : SearchStrategy.Grid,
                Trials = 40,
                WeightDecay = chain ? TestSpecs.Values(1e-4, 1e-3) with { When = When("batch_size", 64) } : search.WeightDecay,
                Dropout = new AxisSpec.Stepped(0.1, 0.5, 0.2) { When = chain ? When("weight_decay", 1e-3) : When("batch_size", 64) },
            });

            SearchPlan plan = SearchPlan.Of(spec);

            Assert.Equal(plan.Trials.Length, plan.Trials.Select(trial => (plan.Cells[trial.Cell - 1], trial.Rate)).Distinct().Count());
            Assert.All(plan.Cells, cell => Assert.True(cell.Dropout.Equals(0.1) || (cell.BatchSize == 64 && (!chain || cell.WeightDecay.Equals(1e-3)))));
            Assert.Equal(chain ? 5 : 4, plan.Cells.Length); // 40 draws miss none of so few
        }, iter: 100);

    [Fact]
    public void Of_GridOverABatchRange_TakesWholeNumbersOnce()
    {
        SweepSpec spec = Grid.WithSearch(search => search with { BatchSize = new AxisSpec.Range(1, 4, Log: true, 4), Dropout = TestSpecs.Values(0) });

        Assert.Equal([1, 2, 3, 4], SearchPlan.Of(spec).Cells.Select(cell => cell.BatchSize)); // 1, 1.59, 2.52, 4
    }

    [Fact]
    public void Of_GridOverANarrowBatchRange_PlansNoConfigurationTwice()
    {
        SweepSpec spec = Grid.WithSearch(search => search with { BatchSize = new AxisSpec.Range(1, 5, Log: true, 5), Dropout = TestSpecs.Values(0) });

        SearchPlan plan = SearchPlan.Of(spec);

        Assert.Equal(plan.Trials.Length, plan.Trials.Select(trial => (trial.Cell, trial.Rate, trial.Replicate)).Distinct().Count());
    }

    [Fact]
    public void Of_Replicates_RunWholeSpaceOnceBeforeTheNext()
    {
        SearchPlan plan = SearchPlan.Of(Grid.WithSearch(search => search with { Seeds = 3 }));

        Assert.Equal(4, plan.Cells.Length);
        Assert.Equal(24, plan.Trials.Length);
        Assert.Equal([1, 2, 3], plan.Trials.Chunk(8).Select(chunk => Assert.Single(chunk.Select(trial => trial.Replicate).Distinct())));
        Assert.Equal(3, plan.Trials.Select(trial => trial.Seed).Distinct().Count());
        Assert.All(plan.Trials.GroupBy(trial => trial.Replicate), replicate => Assert.Single(replicate.Select(trial => trial.Seed).Distinct()));
        Assert.Equal(Grid.Seed, plan.Trials[0].Seed);
    }

    [Fact]
    public void Of_RandomWithOneSeed_GivesOnePlanForEver()
    {
        SearchPlan plan = SearchPlan.Of(Random);

        Assert.Equal(plan.Trials, SearchPlan.Of(Random).Trials);
        Assert.Equal(plan.Cells, SearchPlan.Of(Random).Cells);
        Assert.Equal(20, plan.Trials.Length);
        Assert.NotEqual(plan.Trials, SearchPlan.Of(Random with { Seed = 8 }).Trials);

        // Stored sweeps depend on these numbers: a change here breaks every random sweep that is under way.
        Assert.Equal((62, 0.5, 0.147), (plan.Cells[0].BatchSize, plan.Cells[0].Dropout, plan.Trials[0].Rate));
    }

    [Fact]
    public void Of_RandomOverASmallSpace_DrawsEachConfigurationOnce()
    {
        SearchPlan plan = SearchPlan.Of(Grid.WithSearch(search => search with { Strategy = SearchStrategy.Random, Trials = 50 }));

        Assert.Equal(8, plan.Trials.Length);
        Assert.Equal(8, plan.Trials.Select(trial => (trial.Cell, trial.Rate)).Distinct().Count());
    }

    [Fact]
    public void Of_AnyRandomSpec_StaysWithinItsSpace() => Gen.Select(Gen.Int, Gen.Int[1, 60], Gen.Int[1, 4]).Sample((seed, trials, seeds) =>
    {
        SearchPlan plan = SearchPlan.Of((Random with { Seed = seed }).WithSearch(search => search with { Trials = trials, Seeds = seeds }));

        Assert.Equal(trials * seeds, plan.Trials.Length);
        Assert.Equal(plan.Cells.Length, plan.Cells.Distinct().Count());
        Assert.All(plan.Cells, cell => Assert.True(cell is { BatchSize: >= 16 and <= 512, WeightDecay: 1e-4, Dropout: 0 or 0.5 }));
        Assert.All(plan.Trials, trial => Assert.InRange(trial.Rate, 0.01, 1));
        Assert.All(plan.Trials, trial => Assert.InRange(trial.Cell, 1, plan.Cells.Length));
    }, iter: 200);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 3)]
    [InlineData(100, 4, 16)]
    public void Of_LimitOfTrials_PlansNoMoreAndNoCellWithoutOne(int limit, int cells, int trials)
    {
        SearchPlan plan = SearchPlan.Of(Grid.WithSearch(search => search with { Seeds = 2 }).WithLimits(limits => limits with { Trials = limit }));

        Assert.Equal((cells, trials), (plan.Cells.Length, plan.Trials.Length));
    }

    [Fact]
    public void Of_RangeTestsOnly_HasCellsAndNoTrials()
    {
        SearchPlan plan = SearchPlan.Of((Grid with { Purpose = SweepPurpose.RangeTestsOnly }).WithSearch(search => search with { Seeds = 3 }));

        Assert.Equal(4, plan.Cells.Length);
        Assert.Equal(ImmutableArray<PlannedTrial>.Empty, plan.Trials);
    }

    [Fact]
    public void Of_ResumeCheck_HasTheFirstTrialAlone()
    {
        SearchPlan plan = SearchPlan.Of((Grid with { Purpose = SweepPurpose.ResumeCheck }).WithSearch(search => search with { Seeds = 3 }));

        Assert.Equal(new PlannedTrial(1, 0.1, 1, Grid.Seed), Assert.Single(plan.Trials));
        Assert.Single(plan.Cells);
    }

    private static AxisWhen When(string axis, params double[] values) => new([new AxisCondition(axis, TestSpecs.Values(values))]);
}
