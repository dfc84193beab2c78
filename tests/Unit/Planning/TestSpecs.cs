using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Small specs, read as a user's are, so that every default is the real one.</summary>
internal static class TestSpecs
{
    private const string Base = """
        name: tests
        seed: 7
        data: synthetic
        model: mlp
        training: {epochs: 2}
        range_test: {epochs: 1}
        search: {strategy: grid, space: {max_lr: 0.1, batch_size: 32, weight_decay: 0, dropout: 0}}
        """;

    /// <summary>One cell, one trial for each rate.</summary>
    public static SweepSpec Rates(params double[] rates) =>
        Read().WithSearch(search => search with { MaxLearningRate = Values(rates) });

    /// <summary>A trial for each number, in one cell.</summary>
    public static SweepSpec Trials(int count) =>
        Rates([.. Enumerable.Range(1, count).Select(number => number / 1000.0)]);

    /// <summary>Cells of different weight decay, each with its own range test and trials between its bounds.</summary>
    public static SweepSpec RangeTested(int cells, int pointsPerCell) => Read().WithSearch(search => search with
    {
        MaxLearningRate = new AxisSpec.FromRangeTest(0.25, 1, pointsPerCell),
        WeightDecay = Values([.. Enumerable.Range(0, cells).Select(number => number / 1000.0)]),
    });

    /// <summary>The recipe over so many values of each factor.</summary>
    public static SweepSpec Recipe(int decays, int batches, int dropouts) => Read().WithSearch(search => search with
    {
        Strategy = SearchStrategy.SuperConvergence,
        MaxLearningRate = RecipeDefaults.Rates,
        WeightDecay = Values([.. Enumerable.Range(0, decays).Select(number => 1e-4 * Math.Pow(10, number))]),
        BatchSize = Values([.. Enumerable.Range(0, batches).Select(number => 32.0 * Math.Pow(2, number))]),
        Dropout = Values([.. Enumerable.Range(0, dropouts).Select(number => number / 10.0)]),
        Seeds = 3,
        Baseline = BaselineMode.Auto,
    });

    /// <summary>A sampler over a rate (between bounds from range tests, or fixed ones) and a weight decay.</summary>
    public static SweepSpec Sampled(SearchStrategy strategy, int trials, bool rangeTested) => Read().WithSearch(search => search with
    {
        Strategy = strategy,
        Trials = trials,
        MaxLearningRate = rangeTested ? new AxisSpec.FromRangeTest(0.1, 1, 1) : new AxisSpec.Range(0.01, 1, Log: true, 0),
        WeightDecay = new AxisSpec.Range(1e-5, 1e-2, Log: true, 0),
    });

    /// <summary>A population over the space of <see cref="Sampled"/>.</summary>
    public static SweepSpec Population(int members, int generations, bool rangeTested) => Sampled(SearchStrategy.Pbt, 20, rangeTested).WithSearch(search => search with
    {
        Population = new PopulationSpec(members, generations),
    });

    /// <summary>Two batch sizes, and a dropout in steps that applies beside the larger one alone.</summary>
    public static SearchSpec Conditional(SearchSpec search) => search with
    {
        BatchSize = Values(16, 32),
        Dropout = new AxisSpec.Stepped(0.1, 0.5, 0.2) { When = new AxisWhen([new AxisCondition(SearchAxes.BatchSize, Values(32))], 0) },
    };

    public static SweepSpec WithEpochs(this SweepSpec spec, double epochs) => spec with { Training = spec.Training with { Epochs = epochs } };

    public static SweepSpec WithSearch(this SweepSpec spec, Func<SearchSpec, SearchSpec> change) => spec with { Search = change(spec.Search) };

    public static SweepSpec WithLimits(this SweepSpec spec, Func<LimitsSpec, LimitsSpec> change) => spec with { Limits = change(spec.Limits) };

    public static AxisSpec.Values Values(params double[] list) => new([.. list]);

    private static SweepSpec Read()
    {
        SpecReading reading = SpecReader.Read(Base);
        Assert.Equal(ImmutableArray<SpecProblem>.Empty, reading.Problems);
        return reading.Spec!;
    }
}
