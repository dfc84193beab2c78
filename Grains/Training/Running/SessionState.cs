using System.Collections.Immutable;
using Sweeper.Training.Data;

namespace Sweeper.Training.Running;

/// <summary>Everything in a <see cref="TrainingSession"/> that changes, as bytes: restored, it goes on bit for bit.</summary>
/// <param name="Parameters">Trained values.</param>
/// <param name="Optimiser">State tensors of the optimiser.</param>
/// <param name="OptimiserSteps">Steps that the optimiser has taken.</param>
/// <param name="Buffers">Running statistics of batch norm.</param>
/// <param name="Dropout">State of the dropout generator.</param>
/// <param name="Batches">Place in the stream of batches.</param>
internal sealed record SessionState(
    byte[] Parameters,
    ImmutableArray<byte[]> Optimiser,
    int OptimiserSteps,
    ImmutableArray<byte[]> Buffers,
    byte[] Dropout,
    BatchSourceState Batches);
