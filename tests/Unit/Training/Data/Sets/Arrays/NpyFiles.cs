using System.IO.Compression;
using System.Text;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Arrays;

/// <summary>Files as numpy writes them, byte by byte.</summary>
internal static class NpyFiles
{
    /// <summary>A <c>.npy</c> file.</summary>
    public static byte[] Npy(string type, string shape, byte[] values, bool columnsFirst = false, int version = 1)
    {
        string text = $"{{'descr': {(type.StartsWith('[') ? type : $"'{type}'")}, 'fortran_order': {(columnsFirst ? "True" : "False")}, 'shape': ({shape}), }}";
        byte[] header = Encoding.Latin1.GetBytes(text.PadRight(117) + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes((uint)header.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. header, .. values];
    }

    /// <summary>Grey images of 4x4, image i all of value i.</summary>
    public static byte[] Images(int count) => Npy("|u1", $"{count}, 4, 4", Pixels(count));

    /// <summary>Labels of 8 bytes.</summary>
    public static byte[] Labels(params long[] labels) => Npy("<i8", $"{labels.Length},", [.. labels.SelectMany(BitConverter.GetBytes)]);

    /// <summary>Labels 0, 1, 0, 1, ...</summary>
    public static byte[] Alternating(int count) => Labels([.. Enumerable.Range(0, count).Select(i => (long)(i % 2))]);

    /// <summary>Values of <see cref="Images"/>.</summary>
    public static byte[] Pixels(int count) => [.. Enumerable.Range(0, count * 16).Select(i => (byte)(i / 16))];

    /// <summary>An <c>.npz</c> file.</summary>
    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Npy)[] arrays)
    {
        using MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] npy) in arrays)
            {
                using Stream entry = archive.CreateEntry(name + ".npy", level).Open();
                entry.Write(npy);
            }
        }

        return packed.ToArray();
    }
}
