using System.Text;
using Xunit;

namespace Sweeper.Tests.Unit.Native;

/// <summary>
/// The smallest shared object that demands symbol versions: one library, two symbols, one version each, and a
/// relocation for as many of the symbols as are bound. Layout as in elf(5).
/// </summary>
internal static class TinyElf
{
    /// <summary>The version of the first symbol.</summary>
    internal const string FirstVersion = "LIB_1.0";

    /// <summary>The version of the second symbol.</summary>
    internal const string SecondVersion = "LIB_2.0";

    private const int HeaderSize = 64, SectionSize = 64;

    /// <param name="boundSymbols">How many of the two symbols a relocation names, the first one first: 0, 1 or 2.</param>
    internal static byte[] Build(int boundSymbols)
    {
        const string Names = "\0lib.so\0" + FirstVersion + "\0" + SecondVersion + "\0";
        byte[] strings = Encoding.ASCII.GetBytes(Names);
        byte[] symbols = new byte[3 * 24];
        byte[] versions = Join(BitConverter.GetBytes((ushort)0), BitConverter.GetBytes((ushort)2), BitConverter.GetBytes((ushort)3));
        byte[] needs = Join(
            Need(count: 2, file: Names.IndexOf("lib.so", StringComparison.Ordinal)),
            Auxiliary(index: 2, name: Names.IndexOf(FirstVersion, StringComparison.Ordinal), next: 16),
            Auxiliary(index: 3, name: Names.IndexOf(SecondVersion, StringComparison.Ordinal), next: 0));
        byte[] relocations = Join([.. Enumerable.Range(1, boundSymbols).Select(Relocation)]);

        (uint Type, byte[] Content, int Link, int Info)[] sections =
        [
            (0, [], 0, 0),
            (3, strings, 0, 0),
            (11, symbols, 1, 1),
            (0x6fffffff, versions, 2, 0),
            (0x6ffffffe, needs, 1, 1),
            (4, relocations, 2, 0),
        ];

        var body = new List<byte>();
        var headers = new List<byte>();
        foreach ((uint type, byte[] content, int link, int info) in sections)
        {
            headers.AddRange(Join(
                new byte[4], BitConverter.GetBytes(type), new byte[16], BitConverter.GetBytes((long)(HeaderSize + body.Count)),
                BitConverter.GetBytes((long)content.Length), BitConverter.GetBytes(link), BitConverter.GetBytes(info), new byte[16]));
            body.AddRange(content);
        }

        return Join(Header(HeaderSize + body.Count, sections.Length), [.. body], [.. headers]);
    }

    /// <summary>Positions at which two images of equal length differ.</summary>
    internal static int[] Differences(byte[] one, byte[] other)
    {
        Assert.Equal(one.Length, other.Length);
        return [.. Enumerable.Range(0, one.Length).Where(at => one[at] != other[at])];
    }

    private static byte[] Header(int sectionTable, int sectionCount)
    {
        byte[] header = new byte[HeaderSize];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(header, 0);
        BitConverter.GetBytes((long)sectionTable).CopyTo(header, 0x28);
        BitConverter.GetBytes((ushort)SectionSize).CopyTo(header, 0x3a);
        BitConverter.GetBytes((ushort)sectionCount).CopyTo(header, 0x3c);
        return header;
    }

    private static byte[] Need(int count, int file) => Join(
        BitConverter.GetBytes((ushort)1), BitConverter.GetBytes((ushort)count), BitConverter.GetBytes(file),
        BitConverter.GetBytes(16), BitConverter.GetBytes(0));

    private static byte[] Auxiliary(int index, int name, int next) => Join(
        new byte[4], new byte[2], BitConverter.GetBytes((ushort)index), BitConverter.GetBytes(name), BitConverter.GetBytes(next));

    private static byte[] Relocation(int symbol) => Join(new byte[8], BitConverter.GetBytes((long)symbol << 32), new byte[8]);

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
