namespace Sweeper.Training.Models;

/// <summary>Size of one image: channels, then rows, then columns, as torch orders them; or of one row of a table.</summary>
/// <param name="Channels">Colour planes: 1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Whether it is no image but a row of a table: 1 x 1 x its features.</summary>
    public bool IsRow { get; init; }

    /// <summary>Values in one image: channels x height x width.</summary>
    public int Values => Channels * Height * Width;

    /// <summary>Shape of a table's rows.</summary>
    /// <param name="features">Numbers in a row.</param>
    public static ImageShape RowOf(int features) => new(1, 1, features) { IsRow = true };

    /// <summary>Text such as <c>3x32x32</c>, or <c>14 features</c>.</summary>
    public override string ToString() => IsRow ? $"{Width} features" : $"{Channels}x{Height}x{Width}";
}
