using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Network to train. Its dropout rate is an axis of the search, not a property of the model.</summary>
/// <param name="Name">Name of a model that the engine knows, such as <c>small-cnn</c>.</param>
/// <param name="Init">How weights are drawn; null: the model's own default.</param>
/// <param name="BatchNormMomentum">Share of the new batch in the running statistics; in (0, 1]; null: the model's default.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelSpec")]
public sealed record ModelSpec(string Name, WeightInitSpec? Init = null, double? BatchNormMomentum = null);

/// <summary>How weights are drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WeightInitSpec>))]
public enum WeightInitSpec
{
    /// <summary>He et al., normal, fan in ("msra" in Caffe).</summary>
    KaimingNormal,

    /// <summary>He et al., normal, fan out.</summary>
    KaimingNormalFanOut,

    /// <summary>Glorot and Bengio, uniform, fan in and fan out.</summary>
    XavierUniform,

    /// <summary>Glorot and Bengio, normal.</summary>
    XavierNormal,

    /// <summary>Uniform with variance 1 / fan in: "xavier" as Caffe has it.</summary>
    CaffeXavier,

    /// <summary>PyTorch's default of each layer: uniform with bound 1/sqrt(fan in).</summary>
    PyTorchDefault,
}
