using static TorchSharp.torch;

namespace Sweeper.Plugins;

/// <summary>
/// A model of your own. A public class with a public constructor without parameters, marked with <see cref="ModelAttribute"/>; it keeps
/// nothing between two calls. The whole contract: docs/own-model.md.
/// </summary>
public interface IModelBuilder
{
    /// <summary>Hyperparameters that the model declares: each becomes an axis of the search.</summary>
    IReadOnlyList<Hyperparameter> Hyperparameters => [];

    /// <summary>
    /// Builds the network on the CPU, with float32 parameters. It turns images <c>[N, C, H, W]</c> into logits <c>[N, classes]</c>.
    /// Layers draw their first weights from torch's own generator, which stands on the trial's seed while this runs.
    /// </summary>
    /// <param name="plan">What to build it for.</param>
    nn.Module<Tensor, Tensor> Build(ModelPlan plan);
}
