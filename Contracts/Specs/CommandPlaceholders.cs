using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Sweeper.Contracts.Specs;

/// <summary>
/// Words in braces that stand for a job's values in the arguments of a command, as <c>--lr={max_lr}</c>. Each is a variable of the
/// command's environment as well. Doubled braces stay: <c>{{lr}}</c> is <c>{lr}</c>.
/// </summary>
public static partial class CommandPlaceholders
{
    /// <summary>What each stands for, for the reference.</summary>
    public static ImmutableArray<(string Name, string Meaning)> All { get; } =
    [
        ("config", "path of the job's JSON file"),
        ("metrics", "path of the file that metrics are appended to"),
        ("checkpoint_dir", "folder for checkpoints, the same for all attempts of a job"),
        ("kind", "`trial` or `range_test`"),
        ("seed", "seed of the job"),
        ("steps", "optimiser steps of the job"),
        ("max_lr", "peak learning rate; in a range test, the rate that the ramp leads to"),
        ("batch_size", "examples in a step"),
        ("weight_decay", "weight decay"),
        ("dropout", "dropout rate"),
        ("device", "`cpu`, or `cuda:0` and the like"),
        ("threads", "CPU threads of the slot that it runs in"),
    ];

    /// <summary>Name of the environment variable of a placeholder.</summary>
    /// <param name="name">Name of the placeholder.</param>
    public static string Variable(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return "SWEEPER_" + name.ToUpperInvariant();
    }

    /// <summary>Placeholders of an argument that there are not.</summary>
    /// <param name="argument">An argument as the spec has it.</param>
    public static ImmutableArray<string> Unknown(string argument) =>
        [.. Pattern().Matches(argument).Where(match => match.Groups["name"].Success).Select(match => match.Groups["name"].Value).Where(name => !All.Any(known => known.Name == name))];

    /// <summary>The argument with values in place of placeholders.</summary>
    /// <param name="argument">An argument as the spec has it, without unknown placeholders.</param>
    /// <param name="values">Value of each placeholder.</param>
    public static string Fill(string argument, IReadOnlyDictionary<string, string> values) => Pattern().Replace(
        argument, match => match.Groups["name"].Success ? values[match.Groups["name"].Value] : match.Value[1..^1]);

    [GeneratedRegex(@"\{\{[a-z_]+\}\}|\{(?<name>[a-z_]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
