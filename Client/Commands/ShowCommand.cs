using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Connecting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>show</c>: a sweep, or one job of it.</summary>
internal static class ShowCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Argument<string?> job = new("JOB") { Description = "A trial (T-0001) or a range test (R-001).", Arity = ArgumentArity.ZeroOrOne };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "show",
            "Show a sweep with all its trials, or one job with everything that is known about it.",
            new Example("show quickstart"),
            new Example("show quickstart T-0003"),
            new Example("show quickstart -o json | jq .leaderboard[0]"))
        {
            name, job, output,
        };
        command.SetAction(runner.Of((call, stop) =>
            ShowAsync(call, call.Parse.GetRequiredValue(name), call.Parse.GetValue(job), call.Parse.GetValue(output), stop)));
        return command;
    }

    private static async Task<int> ShowAsync(CommandCall call, string name, string? jobName, OutputFormat output, CancellationToken stop)
    {
        JobKey? job = jobName is null ? null : JobName.Parse(name, jobName);
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        SweepResults results = await CommandCall.AboutAsync(connection, name, client => client.GetGrain<IResultsGrain>(0).GetAsync(name), stop);
        if (job is { } key)
        {
            JobName.CheckExist(results, key);
            JobCurves? curves = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetCurvesAsync(key), stop);
            ShowJob(call, results, key, curves, output);
            return ExitCode.Ok;
        }

        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, SweepJson.Of(results));
            return ExitCode.Ok;
        }

        IAnsiConsole console = call.Terminal.Out;
        SweepReport.Write(console, results, null, await ClaimReader.OfAsync(connection, results, stop));
        if (!results.Trials.IsEmpty)
        {
            console.WriteLine();
            console.MarkupLine("[bold]Trials[/]");
            console.Write(TrialsTable.Of(name, results.Trials));
        }

        string pictures = call.Data.ResultsOf(name);
        if (Directory.Exists(pictures))
        {
            console.WriteLine();
            await console.Profile.Out.Writer.WriteLineAsync($"Pictures   {pictures}");
        }

        return ExitCode.Ok;
    }

    private static void ShowJob(CommandCall call, SweepResults results, JobKey key, JobCurves? curves, OutputFormat output)
    {
        TrialRecord? trial = key.Kind == JobKind.Trial ? results.Trials.FirstOrDefault(trial => trial.Number == key.Number) : null;
        CellRecord? cell = key.Kind == JobKind.RangeTest ? results.Cells.FirstOrDefault(cell => cell.Number == key.Number) : null;
        switch (trial, cell, output)
        {
            case (not null, _, OutputFormat.Json):
                JsonOutput.Write(call.Terminal, new TrialJson(trial, curves));
                break;
            case (not null, _, _):
                JobDetails.Write(call.Terminal.Out, key.Sweep, trial, curves, call.Terminal.Zone, results.Spec.Data.Score);
                break;
            case (_, not null, OutputFormat.Json):
                JsonOutput.Write(call.Terminal, new CellJson(cell, curves));
                break;
            case (_, not null, _):
                JobDetails.Write(call.Terminal.Out, key.Sweep, cell, curves, call.Terminal.Zone, results.Spec.Data.Score);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
