using Sweeper.Plugins;

namespace Sweeper.Training.OwnModels;

/// <summary>Where a model of a user's own comes from.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Origin">Plug-in that it is of, or <see cref="ModelRegistry.Host"/>.</param>
/// <param name="Sha256">SHA-256 of the content, hexadecimal.</param>
/// <param name="NewBuilder">Makes its builder; runs the user's code.</param>
/// <param name="Script">TorchScript file that it is; null: it is code.</param>
public sealed record OwnModelSource(string Model, string Origin, string Sha256, Func<IModelBuilder> NewBuilder, ScriptFile? Script = null);

/// <summary>A TorchScript file as a model.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="KeepsWeights">Whether training begins with the file's weights; otherwise they are drawn from the seed.</param>
public sealed record ScriptFile(string Path, bool KeepsWeights);
