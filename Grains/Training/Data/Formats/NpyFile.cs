using System.Buffers.Binary;
using System.Text;

namespace Sweeper.Training.Data.Formats;

/// <summary>
/// numpy's <c>.npy</c> files, versions 1 to 3 (numpy.lib.format): a magic number, a header, the values. Read to the last
/// byte or not at all. Arrays of Python objects are pickled, and unpickling runs whatever code the file holds: never here.
/// </summary>
internal static class NpyFile
{
    private const int LongestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The array of a stream that holds nothing else.</summary>
    /// <param name="file">What messages call it.</param>
    /// <param name="stream">Its content.</param>
    public static NpyArray Read(DataFile file, Stream stream)
    {
        NpyHeader header = ReadHeader(file, stream);
        string type = TypeOf(file, header);
        if (header.ColumnsFirst && header.Shape.Count > 1)
        {
            throw Bad(file, "the array is stored in Fortran's order, columns first; save numpy.ascontiguousarray(x)");
        }

        if (header.Shape is [])
        {
            throw Bad(file, "this is a single number, not an array; the first axis counts the images");
        }

        long bytes = NpyTypes.Bytes(type);
        foreach (long size in header.Shape)
        {
            bytes = size < 1 || bytes > Array.MaxLength / size
                ? throw Bad(file, $"the shape is {string.Join('x', header.Shape)}; every axis must have at least 1 value and all together at most {Array.MaxLength} bytes")
                : bytes * size;
        }

        byte[] values = new byte[bytes];
        int read = file.Read(stream, values);
        if (read < bytes)
        {
            throw Bad(file, $"the file ends early: the {bytes} bytes of values that its header announces are {read}; write it again");
        }

        return file.Read(stream, new byte[1]) == 0
            ? new NpyArray(file.Name, type, [.. header.Shape.Select(size => (int)size)], values)
            : throw Bad(file, $"the file goes on after the {bytes} bytes of values that its header announces; write it again");
    }

    private static NpyHeader ReadHeader(DataFile file, Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (file.Read(stream, start) < start.Length || !start[..6].SequenceEqual(Magic))
        {
            throw Bad(file, "this is no .npy array; write it with numpy.save or numpy.savez");
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw Bad(file, $"the format's version is {version}; 1, 2 and 3 are known. Write it with numpy.save");
        }

        Span<byte> size = stackalloc byte[version == 1 ? 2 : 4];
        int read = file.Read(stream, size);
        long length = read < size.Length ? -1 : version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length is < 0 or > LongestHeader)
        {
            throw Bad(file, length < 0 ? "the file ends inside its header; write it again" : $"its header has {length} bytes, at most {LongestHeader} are read");
        }

        byte[] text = new byte[length];
        if (file.Read(stream, text) < length)
        {
            throw Bad(file, "the file ends inside its header; write it again");
        }

        return NpyHeader.Parse(Encoding.Latin1.GetString(text)) ?? throw Bad(file, "its header cannot be read; write it with numpy.save or numpy.savez");
    }

    private static string TypeOf(DataFile file, NpyHeader header)
    {
        if (header.Type is not { Length: >= 2 } stored)
        {
            throw Bad(file, "its values are records of several fields; save one plain array for each");
        }

        string type = stored[0] is '<' or '>' or '|' or '=' ? stored[1..] : stored;
        if (type.StartsWith('O'))
        {
            throw Bad(file, "it holds Python objects, which numpy pickles; they are not read, because unpickling runs code from the file. Save an array of numbers: x.astype('uint8') for images, y.astype('int64') for labels");
        }

        int bytes = NpyTypes.Bytes(type);
        if (bytes == 0)
        {
            throw Bad(file, $"its values are {NpyTypes.Word(type)}; images are uint8, labels any integer type");
        }

        return stored[0] == '>' && bytes > 1
            ? throw Bad(file, $"its values are big endian ('{stored}'); save x.astype('<{type}')")
            : type;
    }

    private static DataSetException Bad(DataFile file, string what) => new($"{file.Name}: {what}.");
}
