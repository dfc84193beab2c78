using System.CommandLine;
using System.CommandLine.Parsing;
using Sweeper.Client.Connecting;
using Sweeper.Client.Reporting;
using Sweeper.Client.Reports;
using Sweeper.Client.Reports.Model;
using Sweeper.Client.Reports.Writing;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>report</c>: a sweep as a document to read, print and pass on.</summary>
internal static class ReportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<string> to = new("--out") { Description = "File or folder to write to. Default: results/NAME in the data directory.", HelpName = "PATH" };
        Option<ReportFormat> format = OptionParsing.Choice<ReportFormat>(
            "--format", "-f", "html is one file that needs no other, markdown has its figures in a folder beside it. A file that ends in .md is markdown.");
        Option<bool> force = new("--force") { Description = "Replace an existing file that --out names." };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "report",
            "Write a sweep as a report: the verdict, range tests, heat maps, curves, the table with error bars, what to try next, how to repeat it.",
            new Example("report quickstart"),
            new Example("report quickstart --out report.md", "Markdown, with report-figures beside it"))
        {
            name, to, format, force, output,
        };
        command.SetAction(runner.Of((call, stop) =>
        {
            ReportFormat? asked = call.Parse.GetResult(format) is OptionResult { Implicit: false } ? call.Parse.GetValue(format) : null;
            string sweep = call.Parse.GetRequiredValue(name);
            ReportTarget target = ReportTarget.Of(call.Parse.GetValue(to), call.Data.ResultsOf(sweep), asked, call.Parse.GetValue(force));
            return ReportAsync(call, sweep, target, call.Parse.GetValue(output), stop);
        }));
        return command;
    }

    private static async Task<int> ReportAsync(CommandCall call, string sweep, ReportTarget target, OutputFormat output, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        SweepResults results = await CommandCall.AboutAsync(connection, sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
        Report report = ReportBuilder.Of(await new ReportReader(connection, results, call.Clock).ReadAsync(stop));
        await ReportFiles.WriteAsync(report, target);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { target.File, target.Format, Sections = report.Sections.Select(section => section.Id) });
            return ExitCode.Ok;
        }

        await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync(target.File);
        return ExitCode.Ok;
    }
}
