using System.Buffers.Binary;

namespace Sweeper.Tests.Unit.Training.Data;

/// <summary>Small IDX sets written by tests.</summary>
internal static class IdxFiles
{
    public const int Side = 4;

    public static byte[] Images(int count, int seed = 1, int height = Side, int width = Side)
    {
        byte[] file = new byte[16 + (count * height * width)];
        Header(file, 0x803, count, height, width);
        new Random(seed).NextBytes(file.AsSpan(16));
        return file;
    }

    public static byte[] Labels(params byte[] labels)
    {
        byte[] file = [.. new byte[8], .. labels];
        Header(file, 0x801, labels.Length);
        return file;
    }

    /// <summary>Twenty training and ten test images of digits, with MNIST's file names.</summary>
    public static void WriteSet(TempFolder folder, string under = "", string prefix = "", string test = "t10k", int first = 0)
    {
        folder.Write(Path.Combine(under, $"{prefix}train-images-idx3-ubyte.gz"), TempFolder.Gzip(Images(20)));
        folder.Write(Path.Combine(under, $"{prefix}train-labels-idx1-ubyte.gz"), TempFolder.Gzip(Labels([.. Enumerable.Range(0, 20).Select(i => (byte)((i % 10) + first))])));
        folder.Write(Path.Combine(under, $"{prefix}{test}-images-idx3-ubyte.gz"), TempFolder.Gzip(Images(10, seed: 2)));
        folder.Write(Path.Combine(under, $"{prefix}{test}-labels-idx1-ubyte.gz"), TempFolder.Gzip(Labels([.. Enumerable.Range(0, 10).Select(i => (byte)(i + first))])));
    }

    private static void Header(byte[] file, params int[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 * i), words[i]);
        }
    }
}
