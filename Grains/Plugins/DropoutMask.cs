using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Plugins;

/// <summary>Masks of dropout in the inverted form: 0 at the rate, else one over the probability to keep.</summary>
internal static class DropoutMask
{
    /// <summary>Draws one; in the caller's dispose scope.</summary>
    /// <param name="rate">Probability in (0, 1) that a value is 0.</param>
    /// <param name="generator">Source, on the activations' device or on the CPU.</param>
    /// <param name="shape">Shape of the mask.</param>
    /// <param name="like">What it is for: type and device.</param>
    public static Tensor Draw(double rate, Generator generator, long[] shape, Tensor like)
    {
        using Scalar dropped = rate.ToScalar();
        using Scalar kept = (1 - rate).ToScalar();
        // Not bernoulli_: on a CPU it draws twice as many random bits for each value, and takes twice as long.
        // Of 16 bits there are too few numbers for a rate.
        ScalarType drawn = like.dtype == ScalarType.BFloat16 ? ScalarType.Float32 : like.dtype;
        return rand(shape, drawn, generator.device, generator: generator).ge_(dropped).div_(kept).to(like.dtype, like.device);
    }
}
