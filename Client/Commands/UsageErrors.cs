using System.CommandLine;
using System.CommandLine.Parsing;
using Sweeper.Contracts.Specs.Reading;

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
        return $"error: {errors}{Hint(parse)} `{path} --help` shows the usage.";
    }

    private static string Hint(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        IEnumerable<string> known = command.Subcommands.Select(inner => inner.Name).Concat(Options(parse.CommandResult).Select(option => option.Name));
        string? nearest = parse.UnmatchedTokens.Select(token => NearestName.Of(token, known)).FirstOrDefault(name => name is not null);
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    private static IEnumerable<Option> Options(CommandResult command)
    {
        IEnumerable<Option> inherited = command.Parent is CommandResult parent ? Options(parent).Where(option => option.Recursive) : [];
        return command.Command.Options.Concat(inherited);
    }

    private static string OnOneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Path(CommandResult command)
    {
        IEnumerable<string> before = command.Parent is CommandResult parent ? Path(parent) : [];
        return before.Append(command.Command is RootCommand ? "sweeper" : command.Command.Name);
    }
}
