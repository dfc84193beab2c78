using Sweeper.Training.Models;

namespace Sweeper.Training.Data;

/// <summary>Random changes to training images, drawn anew for every image of every batch. The default changes nothing.</summary>
public sealed record Augmentation
{
    /// <summary>No change at all.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>Whether an image is mirrored left to right with probability one half.</summary>
    public bool Flip { get; init; }

    /// <summary>Pixels of padding on every side before a random crop back to size; 0: none.</summary>
    public int PadCrop { get; init; }

    /// <summary>What the padding is filled with; ignored where <see cref="PadCrop"/> is 0.</summary>
    public CropPadding Padding { get; init; } = CropPadding.Reflect;

    /// <summary>
    /// Side in pixels of a square, wholly inside the image, that is set to the mean of the training images; 0: none.
    /// DeVries and Taylor, arXiv:1708.04552, in the form of Page's cifar10-fast.
    /// </summary>
    public int Cutout { get; init; }

    /// <summary>Every reason why these changes do not fit images, or a table's rows; empty: they fit. Pure.</summary>
    /// <param name="shape">Shape of the images.</param>
    public IReadOnlyList<string> Check(ImageShape shape) => (shape.IsRow, Flip || PadCrop != 0 || Cutout != 0) switch
    {
        (true, true) => ["a table's rows have no pixels to flip, crop or cut out; leave augment out"],
        (true, false) => [],
        _ => Check(shape.Height, shape.Width),
    };

    /// <summary>Every reason why these changes do not fit images of a size; empty: they fit. Pure.</summary>
    /// <param name="height">Rows of pixels.</param>
    /// <param name="width">Columns of pixels.</param>
    public IReadOnlyList<string> Check(int height, int width)
    {
        int smaller = Math.Min(height, width);
        List<string> problems = [];
        if (PadCrop < 0 || PadCrop >= smaller)
        {
            problems.Add(FormattableString.Invariant($"crop padding is {PadCrop}; it must be at least 0 and below the image's side, {smaller}"));
        }

        if (Cutout < 0 || Cutout > smaller)
        {
            problems.Add(FormattableString.Invariant($"cutout is {Cutout}; it must be at least 0 and at most the image's side, {smaller}"));
        }

        if (!Enum.IsDefined(Padding))
        {
            problems.Add($"padding {Padding} is unknown; known: {string.Join(", ", Enum.GetNames<CropPadding>())}");
        }

        return problems;
    }
}
