using System.Buffers.Binary;
using System.Globalization;

namespace Sweeper.Training.Data.Formats;

/// <summary>
/// LeCun's IDX files: a magic number, sizes (big-endian), then one byte a value. Read to the last byte or not at all:
/// every deviation is a <see cref="DataSetException"/> that names file, offset and expectation.
/// </summary>
internal static class IdxFile
{
    private const uint ImagesMagic = 0x803;
    private const uint LabelsMagic = 0x801;
    private const int LargestSide = 1024;
    private const int MostImages = 10_000_000;

    /// <summary>Images of one file: pixels row by row, and their size.</summary>
    public static (byte[] Pixels, int Count, int Height, int Width) ReadImages(DataFile file)
    {
        using Stream stream = file.Open();
        Span<byte> header = stackalloc byte[16];
        ReadHeader(file, stream, header, ImagesMagic, "images");
        int count = Size(file, header, 4, "image count", MostImages);
        int height = Size(file, header, 8, "height", LargestSide);
        int width = Size(file, header, 12, "width", LargestSide);
        long bytes = (long)count * height * width;
        if (bytes > Array.MaxLength)
        {
            throw file.Bad(4, $"{count} images of {height}x{width} are more than {Array.MaxLength} bytes, the most that a set may hold");
        }

        return (ReadBody(file, stream, header.Length, (int)bytes, $"{count} images of {height}x{width}"), count, height, width);
    }

    /// <summary>Labels of one file, one byte each.</summary>
    public static byte[] ReadLabels(DataFile file)
    {
        using Stream stream = file.Open();
        Span<byte> header = stackalloc byte[8];
        ReadHeader(file, stream, header, LabelsMagic, "labels");
        int count = Size(file, header, 4, "label count", MostImages);
        return ReadBody(file, stream, header.Length, count, $"{count} labels");
    }

    private static void ReadHeader(DataFile file, Stream stream, Span<byte> header, uint magic, string content)
    {
        int read = file.Read(stream, header);
        if (read < header.Length)
        {
            throw file.Bad(read, $"the file ends inside the header of {header.Length} bytes");
        }

        uint seen = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (seen != magic)
        {
            string hint = seen is ImagesMagic or LabelsMagic ? $"; these are {(seen == ImagesMagic ? "images" : "labels")}" : string.Empty;
            throw file.Bad(0, $"magic number 0x{seen.ToString("X8", CultureInfo.InvariantCulture)} where IDX {content} have 0x{magic.ToString("X8", CultureInfo.InvariantCulture)}{hint}");
        }
    }

    private static int Size(DataFile file, ReadOnlySpan<byte> header, int offset, string what, int most)
    {
        uint value = BinaryPrimitives.ReadUInt32BigEndian(header[offset..]);
        return value >= 1 && value <= most ? (int)value : throw file.Bad(offset, $"the {what} is {value}; it must be 1 to {most}");
    }

    private static byte[] ReadBody(DataFile file, Stream stream, int start, int length, string what)
    {
        byte[] body = new byte[length];
        int read = file.Read(stream, body);
        if (read < length)
        {
            throw file.Bad(start + (long)read, $"the file ends; {what} need {length} bytes after the header, there are {read}");
        }

        return file.Read(stream, new byte[1]) == 0
            ? body
            : throw file.Bad(start + (long)length, $"the file goes on after {what}, the number in its header");
    }
}
