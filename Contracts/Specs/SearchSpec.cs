using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Which configurations are tried, and how the best one is chosen.</summary>
/// <param name="Strategy">How points of the space are chosen.</param>
/// <param name="Trials">Configurations that <see cref="SearchStrategy.Random"/> draws; at least 1; ignored by grid.</param>
/// <param name="Seeds">Replicates of each configuration; at least 1.</param>
/// <param name="SelectBy">Accuracy that ranks the leaderboard.</param>
/// <param name="MaxLearningRate">Axis of the peak (for constant and step schedules: the first) learning rate.</param>
/// <param name="BatchSize">Axis of images per step; whole numbers.</param>
/// <param name="WeightDecay">Axis of weight decay.</param>
/// <param name="Dropout">Axis of the dropout rate; each value in [0, 1).</param>
/// <param name="Baseline">Conventional schedules beside the search; <see cref="SearchStrategy.SuperConvergence"/> only.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SearchSpec")]
public sealed record SearchSpec(
    SearchStrategy Strategy,
    int Trials,
    int Seeds,
    SelectionSet SelectBy,
    AxisSpec MaxLearningRate,
    AxisSpec BatchSize,
    AxisSpec WeightDecay,
    AxisSpec Dropout,
    BaselineMode Baseline = BaselineMode.None);

/// <summary>How points of the space are chosen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchStrategy>))]
public enum SearchStrategy
{
    /// <summary>Every combination of the axes' values.</summary>
    Grid,

    /// <summary>Seeded independent draws.</summary>
    Random,

    /// <summary>
    /// Smith's recipe (arXiv:1803.09820, section 5): range tests bound the rate, short whole cycles choose weight decay, rate
    /// and momentum, longer ones the winner, and a tuned conventional schedule stands beside it.
    /// </summary>
    SuperConvergence,
}

/// <summary>Whether conventional schedules are trained to compare with.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BaselineMode>))]
public enum BaselineMode
{
    /// <summary>None: nothing is claimed about super-convergence.</summary>
    None,

    /// <summary>A constant and a step schedule, each with rates of its own tried.</summary>
    Auto,
}

/// <summary>Images whose accuracy ranks the leaderboard.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SelectionSet>))]
public enum SelectionSet
{
    /// <summary>Held-out part of the training images.</summary>
    Validation,

    /// <summary>Test images: optimistic, because the winner was chosen on them.</summary>
    Test,
}
