using System.Globalization;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Jobs;

/// <summary>One point of the search space.</summary>
/// <param name="MaxLearningRate">Peak (constant, step: first) learning rate; greater than 0.</param>
/// <param name="BatchSize">Images per step; at least 1.</param>
/// <param name="WeightDecay">Weight decay; at least 0.</param>
/// <param name="Dropout">Dropout rate; in [0, 1).</param>
/// <param name="TrainSize">Training images, one of several sizes that a spec compares; null: all that the spec loads.</param>
/// <param name="Model">Values of the model's own hyperparameters that the spec names; null: it names none.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.Configuration")]
public readonly record struct Configuration(
    double MaxLearningRate,
    int BatchSize,
    double WeightDecay,
    double Dropout,
    int? TrainSize = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelSettings? Model = null)
{
    /// <summary>A learning rate in a cell.</summary>
    /// <param name="cell">Batch size, weight decay, dropout and training images.</param>
    /// <param name="maxLearningRate">Peak learning rate.</param>
    public static Configuration At(CellKey cell, double maxLearningRate) =>
        new(maxLearningRate, cell.BatchSize, cell.WeightDecay, cell.Dropout, cell.TrainSize, cell.Model);

    /// <summary>Everything but the learning rate.</summary>
    [JsonIgnore]
    public CellKey Cell => new(BatchSize, WeightDecay, Dropout, TrainSize, Model);

    /// <summary>One line for a person, numbers rounded to what is worth reading.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"lr {MaxLearningRate:0.####} · {Cell}");
}

/// <summary>A combination of the regularisers other than the learning rate: the unit that has its own LR range test.</summary>
/// <param name="BatchSize">Images per step.</param>
/// <param name="WeightDecay">Weight decay.</param>
/// <param name="Dropout">Dropout rate.</param>
/// <param name="TrainSize">Training images, one of several sizes that a spec compares; null: all that the spec loads.</param>
/// <param name="Model">Values of the model's own hyperparameters that the spec names; null: it names none.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.CellKey")]
public readonly record struct CellKey(
    int BatchSize,
    double WeightDecay,
    double Dropout,
    int? TrainSize = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelSettings? Model = null)
{
    /// <summary>One line for a person.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"batch {BatchSize} · wd {WeightDecay:0.#e+0} · dropout {Dropout:0.##}")
        + (TrainSize is { } images ? string.Create(CultureInfo.InvariantCulture, $" · {images} images") : "")
        + (Model is null ? "" : $" · {Model}");
}
