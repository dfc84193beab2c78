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
        bool redirected = Console.IsOutputRedirected;
        noColor |= !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected || noColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(redirected ? new LineTrimmingWriter(Console.Out) : Console.Out),
        });
        if (redirected)
        {
            console.Profile.Width = WidthOfPipe;
        }

        bool live = !redirected && console.Profile.Capabilities is { Ansi: true, Interactive: true };
        bool canAsk = live && !Console.IsInputRedirected;
        return new Terminal(console, Console.Error, live, TimeZoneInfo.Local, canAsk ? Ask : null);
    }

    private static bool Ask(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
