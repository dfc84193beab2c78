using System.CommandLine;
using System.Text;
using Sweeper.Client.Reporting;
using Sweeper.Client.Saving;
using Sweeper.Contracts.Data;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Commands;

/// <summary>The reference of the command line as Markdown, from the tree of commands and the serialiser.</summary>
internal static class CliReference
{
    private const string Introduction =
        """
        <!-- Generated from Client/Commands; CONTRIBUTING.md says how. -->
        # Command line

        `sweeper COMMAND [options]`; from a clone, `dotnet run --project Client -c Release -- COMMAND [options]`.

        Where no cluster is named, commands use the silo of the data directory: one that already runs there, or one that they
        start as a process of its own and that ends a few seconds after the last console has left. A silo that crashes takes
        neither console nor results with it: `run` and `watch` start another one and go on, and give up (exit code 1) when it
        dies more than three times in a row without finishing a job.

        Ctrl-C once ends cleanly: running jobs save a checkpoint, and the same command goes on from there. On a cluster, or on a
        silo that somebody else started, the console only detaches. Ctrl-C twice stops at once.

        Where output is no terminal there are no colours, no bars and no cursor movement: one plain line for each event.

        ## Exit codes

        | code | meaning |
        | --- | --- |
        | 0 | done |
        | 1 | the sweep or job failed or was cancelled, no trial completed, a check found a difference |
        | 2 | bad input: command line, spec, names, files, folders; one message says everything that is wrong |
        | 3 | the cluster or the silo could not be reached or started |
        | 130 | interrupted by Ctrl-C |

        Errors and notices go to standard error, results to standard output.

        ## Options of every command


        """;

    private const string JsonIntroduction =
        """
        ## JSON

        With `-o json` a reading command writes one JSON document to standard output; `watch` writes one on each line. Names and
        words are in snake_case, fractions and accuracies are in [0, 1], times are UTC, a number that is none (not measured, not
        finite) is null. Members may be added in later versions; none is renamed or changes its meaning.

        | command | writes |
        | --- | --- |
        | `list` | `SweepSummary[]` |
        | `show NAME`, `run`, `train`, `range-test`, `export -o json` | `SweepJson` |
        | `show NAME T-0001` | `TrialJson` |
        | `show NAME R-001` | `CellJson` |
        | `best` | `BestJson` |
        | `best --pareto` | `ParetoJson` |
        | `best --save` | `SavedJson` |
        | `predict` | `PredictionJson`; of a table `TablePredictionJson` |
        | `why` | `WhyLine[]` |
        | `watch` | `SweepView`, one a line |
        | `submit` | `{ sweep: string, status: "created" \| "continued" \| "already_ended" }` |
        | `pause`, `resume`, `cancel`, `retry`, `delete` | `ControlResult` |
        | `validate`, `preview` | `{ valid: boolean, problems: SpecProblem[], plan: SpecPlan \| null }` |
        | `verify-resume` | `{ sweep: string, equal: boolean, interrupted_at_step: number, whole_hash: string, resumed_hash: string }` |
        | `plot` | `{ folder: string, pictures: string[] }` |
        | `workers` | `WorkerStatus[]` |
        | `data list` | `DataSetStatus[]` |
        | `data verify` | `DataSetCheck` |

        `Spec` is the spec with every setting, in the form that the store keeps.

        ```ts

        """;

    private static readonly Type[] JsonRoots =
    [
        typeof(SweepJson), typeof(TrialJson), typeof(CellJson), typeof(BestJson), typeof(ParetoJson), typeof(SavedJson), typeof(PredictionJson), typeof(TablePredictionJson), typeof(WhyLine), typeof(SweepView), typeof(ControlResult),
        typeof(Contracts.Specs.SpecProblem), typeof(SpecPlan), typeof(WorkerStatus), typeof(DataSetStatus), typeof(DataSetCheck),
    ];

    /// <summary>The reference, with a newline at its end.</summary>
    /// <param name="root">The tree of commands.</param>
    public static string Write(RootCommand root)
    {
        var text = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        Options(text, root.Options.Where(option => option.Recursive));
        text.Append("## Commands\n\n");
        foreach (Command command in root.Subcommands)
        {
            Write(text, command, command.Name);
        }

        text.Append(JsonIntroduction.ReplaceLineEndings("\n")).Append(JsonShape.Of(JsonRoots).TrimEnd()).Append("\n```\n");
        return text.ToString();
    }

    private static void Write(StringBuilder text, Command command, string path)
    {
        string arguments = string.Concat(command.Arguments.Select(argument => " " + Usage(argument)));
        text.Append("### `").Append(path).Append(arguments).Append("`\n\n").Append(command.Description).Append("\n\n");
        Table(text, "argument", command.Arguments.Select(argument => (argument.Name, argument.Description)));
        Options(text, command.Options);
        if (command is DocumentedCommand { Examples: { IsEmpty: false } examples })
        {
            text.Append("```\n");
            foreach (Example example in examples)
            {
                text.Append("sweeper ").Append(example.Line).Append(example.Does.Length > 0 ? "  # " + example.Does : "").Append('\n');
            }

            text.Append("```\n\n");
        }

        foreach (Command inner in command.Subcommands)
        {
            Write(text, inner, $"{path} {inner.Name}");
        }
    }

    private static void Options(StringBuilder text, IEnumerable<Option> options) => Table(
        text,
        "option",
        options.Where(option => !option.Hidden).Select(option => (
            string.Join(", ", option.Aliases.Append(option.Name).Where(name => !name.StartsWith('/') && name != "-?").OrderBy(name => name.Length))
                + (string.IsNullOrEmpty(option.HelpName) ? "" : $" {option.HelpName}"),
            option.Description)));

    private static void Table(StringBuilder text, string what, IEnumerable<(string Name, string? Description)> rows)
    {
        (string Name, string? Description)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        text.Append("| ").Append(what).Append(" | |\n| --- | --- |\n");
        foreach ((string name, string? description) in all)
        {
            text.Append("| `").Append(name.Replace("|", "\\|", StringComparison.Ordinal)).Append("` | ")
                .Append(description?.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Usage(Argument argument) => argument.Arity switch
    {
        { MinimumNumberOfValues: 0, MaximumNumberOfValues: 1 } => $"[{argument.Name}]",
        { MinimumNumberOfValues: 0 } => $"[{argument.Name}...]",
        _ => argument.Name,
    };
}
