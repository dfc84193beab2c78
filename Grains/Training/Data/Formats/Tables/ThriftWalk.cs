namespace Sweeper.Training.Data.Formats.Tables;

/// <summary>
/// Walks over bytes in Thrift's compact protocol without making anything of them: whether they are one whole structure. The
/// library that reads Parquet files never ends on some that are not.
/// </summary>
/// <param name="bytes">The bytes.</param>
internal ref struct ThriftWalk(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Whether some bytes are one structure, from the first to the last.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        ThriftWalk walk = new(bytes);
        return walk.Structure(0) && walk._at == bytes.Length;
    }

    private bool Structure(int depth)
    {
        while (depth < Deepest && Byte(out byte header))
        {
            if (header == 0)
            {
                return true;
            }

            // The upper half says how far the field's number is past the last one's; 0: the number follows.
            if ((header >> 4 == 0 && !Number(out _)) || !Value(header & 0xF, depth, inList: false))
            {
                return false;
            }
        }

        return false;
    }

    private bool Value(int type, int depth, bool inList) => type switch
    {
        1 or 2 => !inList || Byte(out _), // the type itself says true or false
        3 => Byte(out _),
        4 or 5 or 6 => Number(out _),
        7 => Skip(sizeof(double)),
        8 => Number(out ulong length) && Skip(length),
        9 or 10 => List(depth + 1),
        11 => Map(depth + 1),
        12 => Structure(depth + 1),
        _ => false,
    };

    private bool List(int depth)
    {
        if (depth >= Deepest || !Byte(out byte header))
        {
            return false;
        }

        ulong count = (ulong)(header >> 4);
        return (count < 15 || Number(out count)) && Values(count, header & 0xF, null, depth);
    }

    private bool Map(int depth) => Number(out ulong count)
        && (count == 0 || (depth < Deepest && Byte(out byte types) && Values(count, types >> 4, types & 0xF, depth)));

    private bool Values(ulong count, int type, int? other, int depth)
    {
        // Each takes a byte at least.
        if (count > (ulong)(_bytes.Length - _at))
        {
            return false;
        }

        for (ulong i = 0; i < count; i++)
        {
            if (!Value(type, depth, inList: true) || (other is { } second && !Value(second, depth, inList: true)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Number(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (!Byte(out byte part))
            {
                return false;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private bool Byte(out byte value)
    {
        value = 0;
        if (_at >= _bytes.Length)
        {
            return false;
        }

        value = _bytes[_at++];
        return true;
    }

    private bool Skip(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _at))
        {
            return false;
        }

        _at += (int)count;
        return true;
    }
}
