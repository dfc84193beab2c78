using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Some images, ready for a model. Its tensors belong to the dispose scope that was current when it was read.</summary>
/// <param name="Images">Normalised images, float32 <c>[N, C, H, W]</c>.</param>
/// <param name="Labels">Their classes, int64 <c>[N]</c>.</param>
public readonly record struct Batch(Tensor Images, Tensor Labels);
