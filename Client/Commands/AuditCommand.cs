using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Access;

namespace Sweeper.Client.Commands;

/// <summary><c>audit</c>: who did what.</summary>
internal static class AuditCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Option<string> sweep = new("--sweep") { Description = "Of this sweep, which may have been deleted since.", HelpName = "NAME" };
        Option<string> by = new("--by") { Description = "Of this user: anna, or anna@machine.", HelpName = "USER" };
        Option<DateTimeOffset?> since = OptionParsing.Moment("--since", "Not older than a date (2026-11-28), a moment (2026-11-28T12:00Z) or a duration (7d).");
        Option<int?> most = OptionParsing.Positive("--most", $"At most so many, the newest. Default: {AuditQuery.DefaultMost}.");
        Option<bool> json = new("--json") { Description = "The same as --output json." };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "audit",
            "List who did what, from where, and what came of it; newest first. Entries stay when a sweep is deleted.",
            new Example("audit"),
            new Example("audit --sweep quickstart"),
            new Example("audit --by anna --since 7d --json"))
        {
            sweep, by, since, most, json, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            var query = new AuditQuery(
                call.Parse.GetValue(sweep), call.Parse.GetValue(by), call.Parse.GetValue(since), call.Parse.GetValue(most) ?? AuditQuery.DefaultMost);
            ImmutableArray<AuditEntry> entries = await call.AskAsync(client => client.GetGrain<IAccessGrain>(0).ReadAuditAsync(query), stop);
            Write(call.Terminal, entries, call.Parse.GetValue(json) ? OutputFormat.Json : call.Parse.GetValue(output));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(Terminal terminal, ImmutableArray<AuditEntry> entries, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, entries);
            return;
        }

        if (entries.IsEmpty)
        {
            terminal.Error.WriteLine("Nobody has done anything of the kind.");
            return;
        }

        Table table = PlainTable.Of(["when", "who", "from", "what", "on", "outcome", "answer"]);
        foreach (AuditEntry entry in entries)
        {
            table.AddRow([
                PlainTable.Cell(HumanText.Moment(entry.At, terminal.Zone)),
                PlainTable.Cell(Caller.Clean(entry.By)),
                PlainTable.Cell(Caller.Clean(entry.From)),
                PlainTable.Cell(entry.Action),
                PlainTable.Cell(Caller.Clean(entry.Sweep ?? entry.Target ?? "")),
                PlainTable.Cell(entry.Outcome.ToString().ToLowerInvariant()),
                PlainTable.Cell(Caller.Clean(entry.Detail)),
            ]);
        }

        terminal.Out.Write(table);
    }
}
