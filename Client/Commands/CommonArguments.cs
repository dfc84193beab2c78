using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary>Arguments and options that several commands take.</summary>
internal static class CommonArguments
{
    /// <summary>A spec file.</summary>
    public static Argument<string> Spec() => new("SPEC") { Description = "Spec file, YAML or JSON; - reads standard input." };

    /// <summary>A sweep's name.</summary>
    public static Argument<string> Sweep() => new("NAME") { Description = "Name of the sweep." };

    /// <summary>Table for a person, JSON for a program.</summary>
    public static Option<OutputFormat> Output() =>
        OptionParsing.Choice<OutputFormat>("--output", "-o", "table for a person, json for a program.");

    /// <summary>Whether results that the store has already are left alone.</summary>
    public static Option<bool> NoReuse() => new("--no-reuse")
    {
        Description = "Run every trial, even where the store has the result of the very same one. Stands above search.reuse of the spec.",
    };

    /// <summary>What <see cref="NoReuse"/> sets in a spec.</summary>
    public static IEnumerable<(string Path, string Value)> ReuseSettings(bool noReuse) => noReuse ? [("search.reuse", "false")] : [];

    /// <summary>Values that stand above those of the spec file.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "A value that stands above the spec file's, such as seed=2 or training.epochs=9; may be given several times.",
        HelpName = "PATH=VALUE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>What <see cref="Set"/> sets in a spec.</summary>
    /// <exception cref="CliException">One of them is no setting.</exception>
    public static IEnumerable<(string Path, string Value)> Chosen(ParseResult parse, Option<string[]> set) =>
        parse.GetValue(set) is { Length: > 0 } written ? Settings.Read(written, _ => null) : [];

    /// <summary>Whether a silo that is started outlives the console.</summary>
    public static Option<bool> Keep() => new("--keep") { Description = "A silo that this command starts goes on after it." };
}

/// <summary>Form of a result.</summary>
internal enum OutputFormat
{
    /// <summary>For a person.</summary>
    Table,

    /// <summary>For a program.</summary>
    Json,
}
