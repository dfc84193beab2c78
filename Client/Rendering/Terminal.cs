using Spectre.Console;

namespace Sweeper.Client.Rendering;

/// <summary>Where a command writes: results to one stream, everything else to the other.</summary>
/// <param name="Out">Results; plain text where it is no terminal.</param>
/// <param name="Error">Notices and errors, plain lines.</param>
/// <param name="IsLive">Whether <see cref="Out"/> can be redrawn in place.</param>
/// <param name="Zone">Time zone of the user.</param>
/// <param name="AskYesNo">Asks on the terminal; null where there is nobody to ask.</param>
internal sealed record Terminal(IAnsiConsole Out, TextWriter Error, bool IsLive, TimeZoneInfo Zone, Func<string, bool>? AskYesNo)
{
    // Tables that are read by a program or a pager should not be folded at the width of a terminal that is not there.
    private const int WidthOfPipe = 200;

    /// <summary>The process's own terminal, or plain text where its output goes elsewhere.</summary>
    /// <param name="noColor">Whether colours were switched off.</param>
    public static Terminal OfProcess(bool noColor)
    {
        if (Console.IsOutputRedirected)
        {
            return Piped(Console.Out, Console.Error);
        }

        noColor |= !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Detect,
            ColorSystem = noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        bool live = console.Profile.Capabilities is { Ansi: true, Interactive: true };
        return new Terminal(console, Console.Error, live, TimeZoneInfo.Local, live && !Console.IsInputRedirected ? Ask : null);
    }

    /// <summary>Plain text to where a program or a file reads it.</summary>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes notices and errors.</param>
    public static Terminal Piped(TextWriter output, TextWriter error)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new LineTrimmingWriter(output)),
        });
        console.Profile.Width = WidthOfPipe;
        return new Terminal(console, error, IsLive: false, TimeZoneInfo.Local, AskYesNo: null);
    }

    private static bool Ask(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
