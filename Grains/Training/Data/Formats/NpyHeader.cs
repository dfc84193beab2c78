using System.Globalization;
using System.Text.RegularExpressions;

namespace Sweeper.Training.Data.Formats;

/// <summary>What the header of a <c>.npy</c> file says of its array: a Python literal of three keys.</summary>
/// <param name="Type">Type of a value as numpy writes it, such as <c>|u1</c> or <c>&lt;i8</c>; null where each is a record of several.</param>
/// <param name="ColumnsFirst">Whether the first index runs fastest (Fortran's order).</param>
/// <param name="Shape">Length along each axis.</param>
internal sealed partial record NpyHeader(string? Type, bool ColumnsFirst, IReadOnlyList<long> Shape)
{
    /// <summary>The header of a text; null where it is none.</summary>
    public static NpyHeader? Parse(string text)
    {
        Match type = TypeEntry().Match(text);
        Match order = OrderEntry().Match(text);
        Match shape = ShapeEntry().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
        {
            return null;
        }

        List<long> sizes = [];
        foreach (string size in shape.Groups["sizes"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                return null;
            }

            sizes.Add(value);
        }

        return new NpyHeader(
            type.Groups["type"] is { Success: true } simple ? simple.Value : null,
            order.Groups["order"].Value == "True",
            sizes);
    }

    [GeneratedRegex(@"'descr'\s*:\s*(?:'(?<type>[^']*)'|\[)", RegexOptions.CultureInvariant)]
    private static partial Regex TypeEntry();

    [GeneratedRegex(@"'fortran_order'\s*:\s*(?<order>True|False)", RegexOptions.CultureInvariant)]
    private static partial Regex OrderEntry();

    [GeneratedRegex(@"'shape'\s*:\s*\((?<sizes>[0-9,\s]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex ShapeEntry();
}
