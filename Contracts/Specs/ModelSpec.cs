using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Network to train. Its dropout rate is an axis of the search, not a property of the model.</summary>
/// <param name="Name">Name of a model that the engine knows, such as <c>small-cnn</c>.</param>
/// <param name="Init">How weights are drawn; null: the model's own default.</param>
/// <param name="BatchNormMomentum">Share of the new batch in the running statistics; in (0, 1]; null: the model's default.</param>
/// <param name="Plugin">Plug-in that holds a model of the user's own, or <see cref="Host"/>; null: the model is built in.</param>
/// <param name="PluginSha256">SHA-256 of the plug-in's content, hexadecimal; the silo fills it in where a user does not. Null with a built-in model.</param>
/// <param name="Settings">Axes of the hyperparameters that the model declares; null: it has its defaults.</param>
/// <param name="Script">TorchScript file that is the model; null: it is none of a file.</param>
/// <param name="ScriptSha256">SHA-256 of that file, hexadecimal; the silo fills it in where a user does not. Null without a file.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelSpec")]
public sealed record ModelSpec(
    string Name,
    WeightInitSpec? Init = null,
    double? BatchNormMomentum = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Plugin = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PluginSha256 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ModelAxes? Settings = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Script = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ScriptSha256 = null)
{
    /// <summary>In place of a plug-in's name: the model is registered in the code of the silo's own host.</summary>
    public const string Host = "host";

    /// <summary>Whether the model is of the user's own: of a plug-in, of the silo's host, or of a TorchScript file.</summary>
    [JsonIgnore]
    public bool IsOwn => Plugin is not null || Script is not null;
}

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

    /// <summary>Not at all: a TorchScript file's own weights are where training begins.</summary>
    FromFile,
}
