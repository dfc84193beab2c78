using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Models.Layers;
using Sweeper.Training.Optimisers;
using TorchSharp;

namespace Sweeper.Training.Fusing;

/// <summary>What an array needs of a session. All of it stays the session's own; its tensors move into the array's memory.</summary>
/// <param name="Model">Network: it measures, the array trains.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Optimiser">Its update rule, which holds state, settings and the count of steps.</param>
/// <param name="Buffers">Running statistics of batch norm.</param>
/// <param name="Batches">Its stream of batches.</param>
/// <param name="Dropout">Its dropout.</param>
internal sealed record ArrayMember(
    ImageModel Model,
    FlatParameters Parameters,
    Optimiser Optimiser,
    IReadOnlyList<torch.Tensor> Buffers,
    BatchSource Batches,
    DropoutSource Dropout);
