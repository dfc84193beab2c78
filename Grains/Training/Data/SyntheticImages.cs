using Sweeper.Training.Models;

namespace Sweeper.Training.Data;

/// <summary>
/// Images made up from a fixed recipe, for tests and dry runs: each class is a blob at a place of its own on a ring, in
/// noise, shifted by a pixel or so. Easy for a convolution, not trivial for a few steps. Always the same arrays.
/// </summary>
internal static class SyntheticImages
{
    /// <summary>Training images.</summary>
    public const int TrainCount = 2000;

    /// <summary>Test images.</summary>
    public const int TestCount = 500;

    private const int ClassCount = 10;
    private const int Side = 28;
    private const ulong Purpose = 0x5E7_0001;

    /// <summary>Draws the set.</summary>
    public static RawImages Create() => new(
        new ImageShape(1, Side, Side),
        [.. Enumerable.Range(0, ClassCount).Select(label => $"class-{label}")],
        Part(TrainCount, 1),
        Part(TestCount, 2),
        "synthetic");

    private static RawPart Part(int count, long seed)
    {
        SeededRandom random = new(seed, Purpose);
        byte[] pixels = new byte[count * Side * Side];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % ClassCount;
            double angle = 2 * Math.PI * labels[i] / ClassCount;
            double row = (Side / 2.0) + (8 * Math.Sin(angle)) + random.Next(5) - 2;
            double column = (Side / 2.0) + (8 * Math.Cos(angle)) + random.Next(5) - 2;
            Span<byte> image = pixels.AsSpan(i * Side * Side, Side * Side);
            for (int p = 0; p < image.Length; p++)
            {
                double away = Math.Pow((p / Side) - row, 2) + Math.Pow((p % Side) - column, 2);
                image[p] = (byte)Math.Min(255, random.Next(128) + (110 * Math.Exp(-away / 12)));
            }
        }

        return new RawPart(pixels, labels);
    }
}
