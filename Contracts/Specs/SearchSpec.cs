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
[GenerateSerializer, Immutable, Alias("Sweeper.SearchSpec")]
public sealed record SearchSpec(
    SearchStrategy Strategy,
    int Trials,
    int Seeds,
    SelectionSet SelectBy,
    AxisSpec MaxLearningRate,
    AxisSpec BatchSize,
    AxisSpec WeightDecay,
    AxisSpec Dropout);

/// <summary>How points of the space are chosen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchStrategy>))]
public enum SearchStrategy
{
    /// <summary>Every combination of the axes' values.</summary>
    Grid,

    /// <summary>Seeded independent draws.</summary>
    Random,
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
