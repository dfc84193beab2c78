using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Commands;

/// <summary><c>queue</c>: which sweeps hold slots, which want more, and what they wait for.</summary>
internal static class QueueCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "queue",
            "List the sweeps that hold or want slots, whoever comes next first, and what each waits for.",
            new Example("queue"),
            new Example("set quickstart sharing.priority=10"))
        {
            output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            ImmutableArray<SweepShare> shares = await call.AskAsync(client => client.GetGrain<IWorkerPoolGrain>(0).GetSharesAsync(), stop);
            Write(call.Terminal, shares, call.Parse.GetValue(output));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(Terminal terminal, ImmutableArray<SweepShare> shares, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, shares);
            return;
        }

        if (shares.IsEmpty)
        {
            terminal.Out.WriteLine("No sweep holds or wants a slot.");
            return;
        }

        Table table = PlainTable.Of(["sweep", "user", "priority", "weight", "holds", "wants", "device time", "waits for"]);
        foreach (SweepShare share in shares)
        {
            table.AddRow([
                PlainTable.Cell(share.Sweep),
                PlainTable.Cell(share.User ?? ""),
                PlainTable.Cell(FormattableString.Invariant($"{share.Priority}")),
                PlainTable.Cell(FormattableString.Invariant($"{share.Weight:0.##}")),
                PlainTable.Cell(FormattableString.Invariant($"{share.Held}")),
                PlainTable.Cell(FormattableString.Invariant($"{share.Wanted}")),
                PlainTable.Cell(HumanText.Duration(share.DeviceSeconds)),
                PlainTable.Cell(share.WaitsFor ?? ""),
            ]);
        }

        terminal.Out.Write(table);
    }
}
