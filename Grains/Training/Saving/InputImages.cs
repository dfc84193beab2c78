using System.Buffers.Binary;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Formats;
using Sweeper.Training.Data.Sets;
using Sweeper.Training.Models;

namespace Sweeper.Training.Saving;

/// <summary>Image files as the input of a saved network, read and resized as the images that it was trained on.</summary>
internal static class InputImages
{
    private const string Cure = "Give a whole file, or another one.";
    private const ushort Gzip = 0x1F8B;
    private const uint IdxImages = 0x803;
    private const uint IdxLabels = 0x801;

    /// <summary>8-bit images one after another, each channel by channel.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="content">PNG, JPEG, or IDX images, gzip or not; told by the first bytes, not by the name.</param>
    /// <param name="info">The network.</param>
    /// <exception cref="DataSetException">The file is none of these, damaged, or does not fit the network.</exception>
    public static byte[] Read(string name, byte[] content, SavedModelInfo info) =>
        info.Input.IsRow ? throw new DataSetException($"{name}: the network takes rows of a table ({info.Input}), and only images are read here.")
        : IsIdx(content) ? ReadIdx(name, content, info)
        : ReadImage(name, content, info.Input);

    private static bool IsIdx(byte[] content) => content.Length >= sizeof(uint)
        && (BinaryPrimitives.ReadUInt16BigEndian(content) == Gzip || BinaryPrimitives.ReadUInt32BigEndian(content) is IdxImages or IdxLabels);

    private static byte[] ReadIdx(string name, byte[] content, SavedModelInfo info)
    {
        var file = new DataFile(name, () => new MemoryStream(content, writable: false), Cure);
        (byte[] pixels, _, int height, int width) = IdxFile.ReadImages(file);
        bool transposed = KnownSets.All.FirstOrDefault(set => set.Name == info.DataSet)?.Reader is IdxReader { IsTransposed: true };
        ImageShape shape = transposed ? new ImageShape(1, width, height) : new ImageShape(1, height, width);
        return shape != info.Input
            ? throw file.Bad($"its images are {shape}, the network takes {info.Input}")
            : transposed ? IdxReader.Transpose(pixels, height, width) : pixels;
    }

    private static byte[] ReadImage(string name, byte[] content, ImageShape shape)
    {
        int area = shape.Height * shape.Width;
        byte[] planes = new byte[3 * area];
        bool grey = ImageDecoder.Decode(name, content, shape.Height, shape.Width, planes);
        return shape.Channels == 3 ? planes : grey ? planes[..area] : Luma(planes, area);
    }

    /// <summary>A colour image for a network that knows grey ones only: ITU-R BT.601.</summary>
    private static byte[] Luma(byte[] planes, int area)
    {
        byte[] grey = new byte[area];
        for (int i = 0; i < area; i++)
        {
            grey[i] = (byte)Math.Round((0.299 * planes[i]) + (0.587 * planes[area + i]) + (0.114 * planes[(2 * area) + i]));
        }

        return grey;
    }
}
