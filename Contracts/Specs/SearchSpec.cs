using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Which configurations are tried, and how the best one is chosen.</summary>
/// <param name="Strategy">How points of the space are chosen.</param>
/// <param name="Trials">Configurations that a drawing strategy tries; at least 1; ignored by the others.</param>
/// <param name="Seeds">Replicates of each configuration; at least 1.</param>
/// <param name="SelectBy">Accuracy that ranks the leaderboard.</param>
/// <param name="MaxLearningRate">Axis of the peak (for constant and step schedules: the first) learning rate.</param>
/// <param name="BatchSize">Axis of images per step; whole numbers.</param>
/// <param name="WeightDecay">Axis of weight decay.</param>
/// <param name="Dropout">Axis of the dropout rate; each value in [0, 1).</param>
/// <param name="Baseline">Conventional schedules beside the search; <see cref="SearchStrategy.SuperConvergence"/> only.</param>
/// <param name="Stopping">How trials are stopped early; null: none of them is.</param>
/// <param name="Reuse">Whether a result that the store has of the very same trial is taken over instead of trained again.</param>
/// <param name="WarmStart">Earlier sweeps whose results the search begins with; null: none.</param>
/// <param name="Population">Size of <see cref="SearchStrategy.Pbt"/>; null with the others.</param>
/// <param name="Objective">Metric that trials are ranked by; null: accuracy.</param>
/// <param name="OwnObjective">Name of a metric of the user's own that they are ranked by, with <see cref="Metric.Own"/>; else null.</param>
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
    BaselineMode Baseline = BaselineMode.None,
    StoppingSpec? Stopping = null,
    bool Reuse = true,
    WarmStartSpec? WarmStart = null,
    PopulationSpec? Population = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Metric? Objective = null, // left out: stored specs of old stay as they are
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OwnObjective = null)
{
    /// <summary>What trials are ranked by.</summary>
    [JsonIgnore]
    public Ranking Ranking => new(SelectBy, Objective ?? Metric.Accuracy, OwnObjective);

    /// <summary>With the batch sizes that <see cref="AxisSpec.Largest"/> stands for; the very same where it has none.</summary>
    /// <param name="batchSize">The largest batch.</param>
    public SearchSpec WithLargestBatch(int batchSize) => BatchSize is AxisSpec.Largest axis ? this with { BatchSize = axis.Of(batchSize) } : this;

    /// <summary>Rule that stops trials early.</summary>
    [JsonIgnore]
    public StoppingRule StoppingRule => Stopping?.Rule ?? StoppingRule.None;
}

/// <summary>How points of the space are chosen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SearchStrategy>))]
public enum SearchStrategy
{
    /// <summary>Every combination of the axes' values.</summary>
    Grid,

    /// <summary>Seeded independent draws.</summary>
    Random,

    /// <summary>Scrambled Sobol' points: even cover, whatever the results.</summary>
    Sobol,

    /// <summary>Tree-structured Parzen estimator (Bergstra et al., NIPS 2011).</summary>
    Tpe,

    /// <summary>Gaussian process with expected improvement (Jones et al., 1998).</summary>
    GaussianProcess,

    /// <summary>Covariance matrix adaptation (Hansen, arXiv:1604.00772).</summary>
    CmaEs,

    /// <summary>
    /// Smith's recipe (arXiv:1803.09820, section 5): range tests bound the rate, short whole cycles choose weight decay, rate
    /// and momentum, longer ones the winner, and a tuned conventional schedule stands beside it.
    /// </summary>
    SuperConvergence,

    /// <summary>Population-based training (Jaderberg et al., arXiv:1711.09846), weights copied between whole cycles only.</summary>
    Pbt,
}

/// <summary>What strategies have in common.</summary>
public static class SearchStrategies
{
    /// <summary>Whether it draws points anywhere in an interval.</summary>
    public static bool Draws(this SearchStrategy strategy) => strategy is not (SearchStrategy.Grid or SearchStrategy.SuperConvergence);

    /// <summary>Whether <see cref="SearchSpec.Trials"/> says how many points it draws.</summary>
    public static bool CountsTrials(this SearchStrategy strategy) => strategy.Draws() && strategy != SearchStrategy.Pbt;

    /// <summary>Whether it chooses a point only when a slot is free for it, from what has ended until then.</summary>
    public static bool Suggests(this SearchStrategy strategy) =>
        strategy is SearchStrategy.Sobol or SearchStrategy.Tpe or SearchStrategy.GaussianProcess or SearchStrategy.CmaEs;

    /// <summary>Whether results of earlier sweeps can change what it tries.</summary>
    public static bool LearnsFromOthers(this SearchStrategy strategy) => strategy is not (SearchStrategy.Grid or SearchStrategy.Sobol or SearchStrategy.Pbt);
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
