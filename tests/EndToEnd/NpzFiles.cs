using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Small archives of arrays, as numpy writes them.</summary>
internal static class NpzFiles
{
    private const int Side = 8;

    /// <summary>Grey images of four classes, told apart by the quarter that is bright; labels 10, 20, 30, 40. No test part.</summary>
    public static void Write(string path, int count, int labels)
    {
        var random = new Random(3);
        byte[] pixels = new byte[count * Side * Side];
        for (int i = 0; i < pixels.Length; i++)
        {
            int row = i / Side % Side;
            int column = i % Side;
            int quarter = (row / (Side / 2) * 2) + (column / (Side / 2));
            pixels[i] = (byte)(random.Next(120) + (quarter == i / (Side * Side) % 4 ? 80 : 0));
        }

        using ZipArchive archive = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(archive, "x", "|u1", string.Create(CultureInfo.InvariantCulture, $"{count}, {Side}, {Side}"), pixels);
        Add(archive, "y", "<i8", string.Create(CultureInfo.InvariantCulture, $"{labels},"), [.. Enumerable.Range(0, labels).SelectMany(i => BitConverter.GetBytes(10L * ((i % 4) + 1)))]);
    }

    private static void Add(ZipArchive archive, string name, string type, string shape, byte[] values)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n");
        using Stream entry = archive.CreateEntry(name + ".npy").Open();
        entry.Write([0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. values]);
    }
}
