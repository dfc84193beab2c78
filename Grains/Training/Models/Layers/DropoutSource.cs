using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>Dropout of one network.</summary>
/// <param name="Rate">Probability in [0, 1) that an activation is zeroed.</param>
/// <param name="Generator">Source of the masks, on the activations' device or on the CPU.</param>
internal readonly record struct DropoutSource(double Rate, Generator Generator);
