using System.CommandLine;
using System.CommandLine.Parsing;

namespace Sweeper.Client.Commands;

/// <summary>A command line that cannot be understood, in one message.</summary>
internal static class UsageErrors
{
    /// <summary>Everything that is wrong, and where help is.</summary>
    /// <param name="parse">A parse with errors.</param>
    public static string Describe(ParseResult parse)
    {
        string path = string.Join(' ', Path(parse.CommandResult));
        string errors = string.Join(' ', parse.Errors.Select(error => OnOneLine(error.Message)).Distinct());
        return $"error: {errors} `{path} --help` shows the usage.";
    }

    private static string OnOneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Path(CommandResult command)
    {
        IEnumerable<string> before = command.Parent is CommandResult parent ? Path(parent) : [];
        return before.Append(command.Command is RootCommand ? "sweeper" : command.Command.Name);
    }
}
