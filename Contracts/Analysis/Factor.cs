using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Analysis;

/// <summary>What a sweep varies: the four regularisers that Smith balances (arXiv:1803.09820), and the number of images.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Factor>))]
public enum Factor
{
    /// <summary>Maximum learning rate; analysed on a logarithmic scale.</summary>
    MaxLearningRate,

    /// <summary>Images per step; analysed on a logarithmic scale.</summary>
    BatchSize,

    /// <summary>Weight decay; analysed on a logarithmic scale, 0 one decade below the least positive value.</summary>
    WeightDecay,

    /// <summary>Dropout rate; analysed as it is.</summary>
    Dropout,

    /// <summary>Images trained on; analysed on a logarithmic scale.</summary>
    TrainImages,
}
