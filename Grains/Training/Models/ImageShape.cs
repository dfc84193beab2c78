namespace Sweeper.Training.Models;

/// <summary>Size of one image: channels, then rows, then columns, as torch orders them.</summary>
/// <param name="Channels">Colour planes: 1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values in one image: channels x height x width.</summary>
    public int Values => Channels * Height * Width;

    /// <summary>Text such as <c>3x32x32</c>.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
