using System.CommandLine;
using System.Text.Json;
using Sweeper.Client.Connecting;
using Sweeper.Client.Exporting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Exporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>export</c>: a sweep as a file for other programs.</summary>
internal static class ExportCommand
{
    private const string StandardOutput = "-";

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<ExportFormat> format = OptionParsing.Choice<ExportFormat>(
            "--output", "-o", "Form of the file; json without --curves or --range-tests holds the whole sweep.");
        Option<string> to = new("--to") { Description = "File to write; - is standard output.", HelpName = "FILE", Required = true };
        Option<bool> curves = new("--curves") { Description = "One row a recorded step instead of one a trial." };
        Option<bool> rangeTests = new("--range-tests") { Description = "One row a range test instead of one a trial." };
        Option<bool> force = new("--force") { Description = "Replace an existing file." };
        var command = new DocumentedCommand(
            "export",
            "Write a sweep's trials, range tests or curves to a file.",
            new Example("export quickstart -o csv --to trials.csv"),
            new Example("export quickstart -o parquet --curves --to curves.parquet"))
        {
            name, format, to, curves, rangeTests, force,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(curves) && result.GetValue(rangeTests))
            {
                result.AddError("--curves and --range-tests exclude each other.");
            }
        });
        command.SetAction(runner.Of((call, stop) =>
        {
            ExportWhat what = call.Parse.GetValue(curves) ? ExportWhat.Curves
                : call.Parse.GetValue(rangeTests) ? ExportWhat.RangeTests : ExportWhat.Trials;
            string given = call.Parse.GetRequiredValue(to);
            string? target = given == StandardOutput ? null : ExportTarget.Check(given, call.Parse.GetValue(force));
            return ExportAsync(call, call.Parse.GetRequiredValue(name), call.Parse.GetValue(format), what, target, stop);
        }));
        return command;
    }

    private static async Task<int> ExportAsync(
        CommandCall call, string sweep, ExportFormat format, ExportWhat what, string? target, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        SweepResults results = await CommandCall.AboutAsync(connection, sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
        if (format == ExportFormat.Json && what == ExportWhat.Trials)
        {
            await WriteAsync(call, target, stream => JsonSerializer.SerializeAsync(stream, SweepJson.Of(results), JsonOutput.Options, stop));
            return ExitCode.Ok;
        }

        ExportTable table = what switch
        {
            ExportWhat.Trials => SweepTables.Trials(results),
            ExportWhat.RangeTests => SweepTables.RangeTests(results),
            ExportWhat.Curves => SweepTables.Curves(sweep, await CurvesAsync(connection, results, stop)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        await WriteAsync(call, target, stream => format switch
        {
            ExportFormat.Csv => CsvWriter.WriteAsync(table, stream),
            ExportFormat.Json => JsonTableWriter.WriteAsync(table, stream),
            ExportFormat.Parquet => ParquetTableWriter.WriteAsync(table, stream),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        return ExitCode.Ok;
    }

    private static async Task WriteAsync(CommandCall call, string? target, Func<Stream, Task> write)
    {
        if (target is null)
        {
            await using Stream output = Console.OpenStandardOutput();
            await write(output);
            return;
        }

        await AtomicFile.WriteAsync(target, write);
        call.Notice($"Wrote {target}.");
    }

    private static async Task<List<(JobKey Job, JobCurves Curves)>> CurvesAsync(
        ClusterConnection connection, SweepResults results, CancellationToken stop)
    {
        List<(JobKey, JobCurves)> all = [];
        IEnumerable<JobKey> jobs = results.Cells.Select(cell => new JobKey(results.Summary.Name, JobKind.RangeTest, cell.Number))
            .Concat(results.Trials.Select(trial => new JobKey(results.Summary.Name, JobKind.Trial, trial.Number)));
        foreach (JobKey job in jobs)
        {
            if (await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetCurvesAsync(job), stop) is { } curves)
            {
                all.Add((job, curves));
            }
        }

        return all;
    }

    /// <summary>Form of an exported file.</summary>
    private enum ExportFormat
    {
        /// <summary>Comma-separated values.</summary>
        Csv,

        /// <summary>JSON.</summary>
        Json,

        /// <summary>Apache Parquet.</summary>
        Parquet,
    }

    /// <summary>What an exported row is.</summary>
    private enum ExportWhat
    {
        /// <summary>A trial.</summary>
        Trials,

        /// <summary>A range test.</summary>
        RangeTests,

        /// <summary>A recorded step.</summary>
        Curves,
    }
}
