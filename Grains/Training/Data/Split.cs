using System.Collections.Immutable;

namespace Sweeper.Training.Data;

/// <summary>Which training images are trained on and which are held out to select by. Pure index arrays.</summary>
/// <param name="Train">Indices trained on, ascending.</param>
/// <param name="Validation">Indices held out, ascending; empty where nothing is.</param>
public sealed record Split(ImmutableArray<int> Train, ImmutableArray<int> Validation)
{
    /// <summary>Fraction held out where a spec is silent.</summary>
    public const double DefaultValidation = 0.1;

    private const ulong Purpose = 0x5691_7001;

    /// <summary>Splits images at random, the classes in their proportions on both sides. Pure.</summary>
    /// <param name="labels">Class of each training image, 0 and up.</param>
    /// <param name="validation">Fraction held out, in [0, 0.5]; above 0, at least one image is.</param>
    /// <param name="seed">Chooses the images.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside [0, 0.5] or not a number.</exception>
    /// <exception cref="ArgumentException">There are no labels, or holding out leaves none to train on.</exception>
    public static Split Create(ReadOnlySpan<int> labels, double validation = DefaultValidation, long seed = 0)
    {
        if (!(validation >= 0 && validation <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(validation), validation, "the validation fraction must be in [0, 0.5]");
        }

        int held = HeldOut(labels.Length, validation);
        if (held >= labels.Length)
        {
            throw new ArgumentException($"{labels.Length} training images cannot be split: none would be left to train on", nameof(labels));
        }

        int[] order = StratifiedOrder.Of(labels, seed, Purpose);
        return new Split(Ascending(order.AsSpan(held)), Ascending(order.AsSpan(0, held)));
    }

    /// <summary>Images that a fraction holds out.</summary>
    /// <param name="images">Training images; at least 1.</param>
    /// <param name="validation">Fraction held out, in [0, 0.5].</param>
    public static int HeldOut(int images, double validation) =>
        validation == 0 ? 0 : Math.Max(1, (int)Math.Round(validation * images, MidpointRounding.AwayFromZero));

    private static ImmutableArray<int> Ascending(ReadOnlySpan<int> indices)
    {
        ImmutableArray<int>.Builder sorted = ImmutableArray.CreateBuilder<int>(indices.Length);
        sorted.AddRange(indices);
        sorted.Sort();
        return sorted.MoveToImmutable();
    }
}
