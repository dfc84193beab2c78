namespace Sweeper.Training.Data.Formats;

/// <summary>The checksum of zip archives (CRC-32, reflected polynomial 0xEDB88320): what unpacks without an error may still be damaged.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Entry((uint)value))];

    /// <summary>Checksum of some bytes after others.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">Checksum of what came before them; 0: nothing.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        uint crc = ~before;
        foreach (byte value in bytes)
        {
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint Entry(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        }

        return value;
    }
}
