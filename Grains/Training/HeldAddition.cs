using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training;

/// <summary>
/// Sums of tensors. TorchSharp's own <c>add</c>, <c>add_</c> and <c>+</c> make a factor of 1 on the way that nobody holds: the
/// collector can free it while native code reads it. Here the factor lives as long as the process.
/// </summary>
internal static class HeldAddition
{
    private static readonly Scalar One = 1.ToScalar();

    /// <summary><paramref name="left"/> + <paramref name="right"/>, a new tensor.</summary>
    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    /// <summary>Adds to <paramref name="target"/> in place; returns it.</summary>
    public static Tensor Increase(this Tensor target, Tensor amount) => target.add_(amount, One);

    /// <summary>Adds to <paramref name="target"/> in place; returns it.</summary>
    /// <param name="target">What is added to.</param>
    /// <param name="amount">Held by the caller.</param>
    public static Tensor Increase(this Tensor target, Scalar amount) => target.add_(amount, One);
}
