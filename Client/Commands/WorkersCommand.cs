using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Commands;

/// <summary><c>workers</c>: the devices of the cluster.</summary>
internal static class WorkersCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "workers",
            "List the devices of the cluster and what they do; take some out of it for a while.",
            new Example("workers"),
            new Example("workers --cluster gpu1:30000 -o json"),
            new Example("workers drain gpu1 --cluster gpu1:30000"))
        {
            output,
            WorkerDutyVerb.Create(
                runner, "drain", WorkerDuty.Drained, "Take no more jobs: those that run save a checkpoint and go on elsewhere. For a machine that is to be switched off.", "workers drain gpu1"),
            WorkerDutyVerb.Create(
                runner, "quarantine", WorkerDuty.Quarantined, "As drain, for a device that is not trusted.", "workers quarantine gpu1/cuda:0 --reason \"wrong losses\""),
            WorkerDutyVerb.Create(runner, "readmit", WorkerDuty.Open, "Take jobs again.", "workers readmit gpu1"),
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            ImmutableArray<WorkerStatus> workers = await call.AskAsync(client => client.GetGrain<IWorkerPoolGrain>(0).ListAsync(), stop);
            Write(call.Terminal, workers, call.Parse.GetValue(output));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Write(Terminal terminal, ImmutableArray<WorkerStatus> workers, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, workers);
            return;
        }

        Table table = PlainTable.Of(["worker", "device", "memory", "labels", "slots", "running", "done"]);
        foreach (WorkerStatus worker in workers)
        {
            table.AddRow([
                PlainTable.Cell(worker.Key.ToString()),
                PlainTable.Cell(worker.Device),
                PlainTable.Cell(HumanText.Bytes(worker.MemoryBytes)),
                PlainTable.Cell(worker.Labels.IsDefault ? "" : string.Join(' ', worker.Labels)),
                PlainTable.Cell(FormattableString.Invariant($"{worker.Running.Length}/{worker.Slots}{Duty(worker)}")),
                PlainTable.Cell(string.Join(' ', worker.Running)),
                PlainTable.Cell(FormattableString.Invariant($"{worker.JobsDone}")),
            ]);
        }

        terminal.Out.Write(table);
    }

    private static string Duty(WorkerStatus worker) =>
        (worker.Duty == WorkerDuty.Open ? "" : " " + worker.Duty.ToString().ToLowerInvariant()) + (worker.DutyReason is { } reason ? $": {reason}" : "");
}
