using static TorchSharp.torch;

namespace Sweeper.Training.Models.Norms;

/// <summary>Images stored pixel by pixel. Where 2x2 max pooling halves them, a last row or column without a pair is left over.</summary>
/// <param name="Count">Images.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Channels">Values of a pixel.</param>
internal readonly record struct ImageGrid(int Count, int Height, int Width, int Channels)
{
    /// <summary>Pixels of all images.</summary>
    public int Pixels => Count * Height * Width;

    /// <summary>Pairs of rows of all images.</summary>
    public int Pairs => Count * PairsEach;

    /// <summary>Columns after pooling.</summary>
    public int Halves => Width / 2;

    /// <summary>Values from a row of pixels to the next.</summary>
    public int RowLength => Width * Channels;

    /// <summary>That of <c>[N, C, H, W]</c>.</summary>
    public static ImageGrid Of(Tensor images) => new((int)images.size(0), (int)images.size(2), (int)images.size(3), (int)images.size(1));

    /// <summary>Whether a tensor of this shape is stored pixel by pixel.</summary>
    public bool IsOrderOf(RawTensor tensor) => tensor.Stride(1) == 1
        && tensor.Stride(3) == Channels
        && tensor.Stride(2) == RowLength
        && tensor.Stride(0) == (long)Height * RowLength;

    private int PairsEach => Height / 2;

    /// <summary>Where the upper row of a pair begins.</summary>
    public long Upper(int pair) => (((long)(pair / PairsEach) * Height) + (pair % PairsEach * 2)) * RowLength;

    /// <summary>Where what comes of a pair begins.</summary>
    public long Pooled(int pair) => (long)pair * Halves * Channels;

    /// <summary>Whether a pair is the last one of an image with a row left over.</summary>
    public bool LeavesRow(int pair) => Height % 2 == 1 && pair % PairsEach == PairsEach - 1;
}
