using System.Buffers.Binary;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Data files in the layout of MNIST, with noise for images.</summary>
internal static class IdxFiles
{
    /// <summary>Writes the four files.</summary>
    public static void Write(string folder, int side, int train = 200, int test = 50)
    {
        Directory.CreateDirectory(folder);
        var chance = new Random(1);
        foreach ((string part, int count) in new[] { ("train", train), ("t10k", test) })
        {
            byte[] pixels = new byte[count * side * side];
            chance.NextBytes(pixels);
            File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), [.. Header(2051, count, side, side), .. pixels]);
            File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), [.. Header(2049, count), .. Enumerable.Range(0, count).Select(index => (byte)(index % 10))]);
        }
    }

    private static byte[] Header(params int[] numbers)
    {
        byte[] header = new byte[4 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * i), numbers[i]);
        }

        return header;
    }
}
