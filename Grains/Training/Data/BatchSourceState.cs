namespace Sweeper.Training.Data;

/// <summary>Where a <see cref="BatchSource"/> stands, for a checkpoint: restored, it goes on with the same batches bit for bit.</summary>
/// <param name="Epoch">Epochs begun before the current one.</param>
/// <param name="Step">Batches of the current epoch already given.</param>
/// <param name="OrderState">State of the order's generator before it drew the current epoch.</param>
/// <param name="AugmentationState">State of the augmentation's generator now.</param>
public sealed record BatchSourceState(int Epoch, int Step, byte[] OrderState, byte[] AugmentationState);
