using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Sweeper.Training.Saving;

/// <summary>
/// Tensors in the safetensors format: length of the header (8 bytes, little-endian), a JSON header, the raw values one after
/// the other. Only float32, and int64 as counters of a user's own model have.
/// </summary>
/// <param name="Tensors">Tensors in the order of their values.</param>
/// <param name="Metadata">Texts that go with them.</param>
internal sealed record SafetensorsFile(ImmutableArray<SafetensorsEntry> Tensors, ImmutableSortedDictionary<string, string> Metadata)
{
    /// <summary>Longest header in bytes that the format allows.</summary>
    public const int LongestHeader = 100_000_000;

    /// <summary>Writes the file; the values stand in the order of <see cref="Tensors"/>.</summary>
    public void Write(Stream target)
    {
        byte[] header = SafetensorsHeader.Write(this);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        target.Write(length);
        target.Write(header);
        foreach (SafetensorsEntry tensor in Tensors)
        {
            target.Write(tensor.Data.Span);
        }
    }

    /// <summary>Reads a file that is in memory; its tensors are parts of <paramref name="bytes"/>.</summary>
    /// <exception cref="InvalidDataException">It is no safetensors file of such tensors, or damaged; says what is wrong.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < sizeof(long))
        {
            throw new InvalidDataException($"it has {bytes.Length} bytes, not even the {sizeof(long)} of its header's length");
        }

        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
        long left = bytes.Length - sizeof(long);
        return length >= 0 && length <= Math.Min(left, LongestHeader)
            ? SafetensorsHeader.Read(bytes.Slice(sizeof(long), (int)length), bytes[(sizeof(long) + (int)length)..])
            : throw new InvalidDataException($"its header is said to be {length} bytes long, there are {left}");
    }
}
