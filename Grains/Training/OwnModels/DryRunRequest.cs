using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeper.Training.OwnModels;

/// <summary>What a process is to try of a model of a user's own.</summary>
/// <param name="Folders">Folders of plug-ins.</param>
/// <param name="Plugin">Plug-in, or <see cref="ModelRegistry.Host"/>.</param>
/// <param name="Model">Name of the model; empty: it is built in, and metrics alone are tried.</param>
/// <param name="Sha256">What the plug-in's content is.</param>
/// <param name="Channels">Channels of the images.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Classes">Number of classes; 1 where a number is predicted.</param>
/// <param name="Cases">Settings to try, one after another; at least one.</param>
/// <param name="Script">TorchScript file that is the model; null: it is of a plug-in.</param>
/// <param name="Regression">Whether a number is predicted.</param>
/// <param name="Metrics">Metrics to try on a few random answers.</param>
/// <param name="ClassNames">Names of the classes, for metrics; none where a number is predicted.</param>
public sealed record DryRunRequest(
    ImmutableArray<string> Folders, string Plugin, string Model, string Sha256, int Channels, int Height, int Width, int Classes, ImmutableArray<DryRunCase> Cases,
    ScriptFile? Script = null, bool Regression = false, ImmutableArray<MetricRequest> Metrics = default, ImmutableArray<string> ClassNames = default);

/// <summary>A metric to try.</summary>
/// <param name="Plugin">Plug-in, or <see cref="ModelRegistry.Host"/>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">What the content is.</param>
public sealed record MetricRequest(string Plugin, string Name, string Sha256);

/// <summary>Settings to try.</summary>
/// <param name="Dropout">Dropout rate.</param>
/// <param name="Settings">Values of the model's hyperparameters.</param>
public sealed record DryRunCase(double Dropout, ImmutableArray<OwnModelSetting> Settings);

/// <summary>What came of it.</summary>
/// <param name="Problems">Everything that is wrong; empty: the model can be trained.</param>
/// <param name="Hyperparameters">What the model declares.</param>
/// <param name="Parameters">Trained values of each case, in their order; fewer where there are problems.</param>
/// <param name="Loss">First loss of the first case; null where there are problems.</param>
public sealed record DryRunAnswer(
    ImmutableArray<DryRunProblem> Problems, ImmutableArray<DeclaredHyperparameter> Hyperparameters, ImmutableArray<long> Parameters, double? Loss);

/// <summary>Something that is wrong with a model.</summary>
/// <param name="Setting">Setting that it is about; null: the model itself.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Metric">Metric that it is about; null: the model.</param>
public sealed record DryRunProblem(string? Setting, string Message, string? Metric = null);

/// <summary>A hyperparameter that a model declares.</summary>
/// <param name="Name">Name.</param>
/// <param name="Words">What it takes.</param>
/// <param name="TakesIntervals">Whether any number between two that it takes is one that it takes as well.</param>
public sealed record DeclaredHyperparameter(string Name, string Words, bool TakesIntervals);

/// <summary>How requests and answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DryRunRequest))]
[JsonSerializable(typeof(DryRunAnswer))]
internal sealed partial class DryRunJson : JsonSerializerContext
{
    /// <summary>The answer in a file; null where it holds none.</summary>
    public static DryRunAnswer? ReadAnswer(string path) =>
        File.Exists(path) && new FileInfo(path).Length > 0 ? JsonSerializer.Deserialize(File.ReadAllText(path), Default.DryRunAnswer) : null;
}
