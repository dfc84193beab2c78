using System.Collections.Immutable;
using Spectre.Console;

namespace Sweeper.Client.Rendering;

/// <summary>A table that leaves out its least important columns where the terminal is too narrow: no row is ever folded.</summary>
/// <param name="Columns">From left to right.</param>
/// <param name="Rows">Cells in markup, as many as there are columns.</param>
internal sealed record FittedTable(ImmutableArray<FittedColumn> Columns, ImmutableArray<ImmutableArray<string>> Rows)
{
    private const int WideGap = 2;
    private const int NarrowGap = 1;

    /// <summary>Draws the first form of a table that fits with all its columns; the last one with those that there is room for.</summary>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="forms">Widest first; at least one.</param>
    public static Table Best(int width, params ReadOnlySpan<FittedTable> forms)
    {
        foreach (FittedTable form in forms[..^1])
        {
            if (form.Width([.. Enumerable.Range(0, form.Columns.Length)], NarrowGap) <= width)
            {
                return form.Draw(width);
            }
        }

        return forms[^1].Draw(width);
    }

    /// <summary>Draws it with what there is room for.</summary>
    /// <param name="width">Columns of the terminal.</param>
    public Table Draw(int width)
    {
        List<int> kept = [.. Enumerable.Range(0, Columns.Length)];
        while (kept.Count > 1 && Width(kept, NarrowGap) > width)
        {
            kept.Remove(kept.MaxBy(column => Columns[column].Rank));
        }

        int gap = Width(kept, WideGap) <= width ? WideGap : NarrowGap;
        Table table = PlainTable.Of(kept.Select(column => Columns[column].Header));
        for (int i = 0; i < kept.Count; i++)
        {
            table.Columns[i].Padding = new Padding(0, 0, i == kept.Count - 1 ? 0 : gap, 0);
            table.Columns[i].Width = WidthOf(kept[i]);
            table.Columns[i].Alignment = Columns[kept[i]].Right ? Justify.Right : Justify.Left;
        }

        foreach (ImmutableArray<string> row in Rows)
        {
            table.AddRow(kept.Select(column => new Markup(row[column])));
        }

        return table;
    }

    private int Width(List<int> kept, int gap) => kept.Sum(WidthOf) + (gap * (kept.Count - 1));

    private int WidthOf(int column) => Rows.Select(row => FittedLine.WidthOf(row[column]))
        .Append(Columns[column].Header.GetCellWidth())
        .Append(Columns[column].Least)
        .Max();
}
