using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>The live view on a real terminal, a small one.</summary>
public sealed partial class TerminalTests
{
    private const int Columns = 60;
    private const int Rows = 20;

    [Fact]
    public async Task Run_OnASmallTerminalWithoutColours_RedrawsWithinItAndLeavesTheReport()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "the program 'script' (package bsdutils) makes the terminal");
        await using var sandbox = new Sandbox();
        SweeperProcess console = sandbox.StartOnTerminal(Columns, Rows, "run", sandbox.Write("long.yaml", Specs.Trials("long", 4, epochs: 50_000)), "--threads", "1", "--slots", "1");
        await console.SaysAsync("T-0001 started on local");
        await console.SaysAsync("of 1 slot busy");
        string live = console.Out;
        await sandbox.OutputAsync("cancel", "long");
        Ended ended = await console.EndAsync(TimeSpan.FromMinutes(2));

        Assert.True(ended.ExitCode == 1, ended.ToString()); // a cancelled sweep has not succeeded
        Assert.Contains("cancelled", ended.Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(Colour, ended.Out);
        Assert.All(
            Control.Replace(live, "").Split('\n'),
            line => Assert.True(line.TrimEnd().Length <= Columns, $"{line.TrimEnd().Length} columns: {line}"));
        int[] heights = [.. Up.Matches(ended.Out).Select(match => 1 + int.Parse(match.Groups["lines"].Value, CultureInfo.InvariantCulture))];
        Assert.NotEmpty(heights); // it was redrawn in place, and taken away at the end
        Assert.All(heights, height => Assert.InRange(height, 1, Rows - 1));
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Control { get; }

    [GeneratedRegex(@"\e\[(?<lines>[0-9]+)A")]
    private static partial Regex Up { get; }

    [GeneratedRegex(@"\e\[([0-9]+;)*(3[0-9]|4[0-9]|9[0-7]|10[0-7])(;[0-9]+)*m")]
    private static partial Regex Colour { get; }
}
