using System.CommandLine;
using System.Collections.Immutable;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>list</c>: every sweep.</summary>
internal static class ListCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "list",
            "List every sweep, newest first.",
            new Example("list"),
            new Example("list -o json | jq -r '.[].name'"))
        {
            output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            ImmutableArray<SweepSummary> sweeps = await call.AskAsync(client => client.GetGrain<IResultsGrain>(0).ListAsync(), stop);
            Write(call.Terminal, sweeps, call.Parse.GetValue(output));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(Terminal terminal, ImmutableArray<SweepSummary> sweeps, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, sweeps);
            return;
        }

        if (sweeps.IsEmpty)
        {
            terminal.Error.WriteLine("There is no sweep yet. `sweeper run SPEC` starts one; `sweeper init` writes a spec.");
            return;
        }

        bool generations = sweeps.Any(sweep => sweep.Generation is not null);
        Table table = PlainTable.Of(["name", .. generations ? ["generation"] : Array.Empty<string>(), "state", "trials", "best", "model", "data", "started"]);
        foreach (SweepSummary sweep in sweeps)
        {
            table.AddRow([
                PlainTable.Cell(sweep.Name),
                .. generations ? [PlainTable.Cell(sweep.Generation is { } number ? $"{number} of {sweep.GenerationOf}" : "")] : Array.Empty<Text>(),
                new Markup(StatusText.Markup(sweep)),
                PlainTable.Cell(FormattableString.Invariant($"{sweep.Ended}/{sweep.Trials}")),
                PlainTable.Cell(HumanText.Percent(sweep.BestAccuracy)),
                PlainTable.Cell(sweep.Model),
                PlainTable.Cell(sweep.DataSet),
                PlainTable.Cell(HumanText.Moment(sweep.CreatedAt, terminal.Zone)),
            ]);
        }

        terminal.Out.Write(table);
    }
}
