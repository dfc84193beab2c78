using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sweeper.Client.Rendering;

/// <summary>
/// The live view of a sweep: within the terminal, whatever its size. What matters most stands first and stays longest: the head, the
/// trials that run, the range tests, the last events, the devices.
/// </summary>
internal static class SweepScreen
{
    // A blank line and the headings.
    private const int Heading = 2;

    private const int MostEvents = 6;

    // The head sums the devices up; a table of some of them says less than the lines would elsewhere.
    private const int WorthATable = 8;

    /// <summary>Draws it.</summary>
    /// <param name="model">What to show.</param>
    /// <param name="height">Lines of the terminal; one is left to the cursor.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IRenderable Of(ScreenModel model, int height, int width)
    {
        string[] notices = [.. model.Notices.TakeLast(Math.Max(0, height - 2))];
        string[] head = [.. ScreenHead.Of(model, width).Take(Math.Max(1, height - 1 - notices.Length))];
        int trials = RunningTable.Trials(model).Length;
        int cells = model.View.RangeTests.Total == 0 ? 0 : model.View.Cells.Length;
        int devices = model.Devices.Length > 1 ? model.Devices.Length : 0;
        int events = Math.Min(MostEvents, model.View.Events.Length);
        ImmutableArray<int> lines = LineBudget.Share(
            height - 1 - head.Length - notices.Length,
            Table(trials),
            Table(cells),
            new LineBudget.Claim(events == 0 ? 0 : events + 1, 2),
            new LineBudget.Claim(Table(devices).Want, Math.Min(devices, WorthATable) + Heading));

        var rows = new List<IRenderable>(head.Select(line => new OneLine(line)));
        Add(rows, lines[0], () => RunningTable.Of(model, RowsIn(lines[0], trials), width));
        Add(rows, lines[1], () => CellsTable.Live(model, RowsIn(lines[1], cells), width));
        Add(rows, lines[3], () => DevicesTable.Of(model, RowsIn(lines[3], devices), width));
        Add(rows, lines[2], () => new Rows(EventLines.Of(model, lines[2] - 1, width)));
        rows.AddRange(notices.Select(notice => new OneLine($"[yellow]{Markup.Escape(FittedLine.Cut(notice, width))}[/]")));
        return new Rows(rows);
    }

    private static void Add(List<IRenderable> rows, int lines, Func<IRenderable> part)
    {
        if (lines > 0)
        {
            rows.Add(Text.Empty);
            rows.Add(part());
        }
    }

    // At the least one row and the line that counts the others.
    private static LineBudget.Claim Table(int rows) => new(rows == 0 ? 0 : rows + Heading, Math.Min(rows, 2) + Heading);

    private static int RowsIn(int lines, int rows) => rows <= lines - Heading ? rows : lines - Heading - 1;
}
