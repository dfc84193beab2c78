using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Plugins;

/// <summary>
/// Dropout whose mask comes from the trial's own generator: torch's own draws from the process-wide one, which would
/// make a trial's numbers depend on its neighbours. Srivastava et al., JMLR 15 (2014), in the inverted form: kept
/// activations are divided by the probability to keep. Identity in evaluation and at rate 0.
/// </summary>
/// <param name="rate">Probability in [0, 1) that an activation is zeroed.</param>
/// <param name="generator">Source of the masks, on the activations' device or on the CPU.</param>
public sealed class SeededDropout(double rate, Generator generator) : nn.Module<Tensor, Tensor>(nameof(SeededDropout))
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (rate == 0 || !training)
        {
            return input.alias(); // Sequential disposes a layer's input after it
        }

        using DisposeScope scope = NewDisposeScope();
        return input.mul(DropoutMask.Draw(rate, generator, input.shape, input)).MoveToOuterDisposeScope();
    }
}
