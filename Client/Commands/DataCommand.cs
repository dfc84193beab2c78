using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using Sweeper.Client.Connecting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Data;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Client.Commands;

/// <summary><c>data</c>: the data sets that the silo can read.</summary>
internal static class DataCommand
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner) => new DocumentedCommand(
        "data",
        "List, fetch and verify data sets.",
        new Example("data list"),
        new Example("data fetch cifar10"),
        new Example("data verify mnist"))
    {
        List(runner), Fetch(runner), Verify(runner),
    };

    private static DocumentedCommand List(CommandRunner runner)
    {
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand("list", "List the data sets and where they would be read from.", new Example("data list")) { output };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            ImmutableArray<DataSetStatus> sets = await call.AskAsync(client => client.GetGrain<IDataGrain>(0).ListAsync(), stop);
            if (call.Parse.GetValue(output) == OutputFormat.Json)
            {
                JsonOutput.Write(call.Terminal, sets);
                return ExitCode.Ok;
            }

            Table table = PlainTable.Of(["set", "here", "what"]);
            foreach (DataSetStatus set in sets)
            {
                string where = set.Location ?? (KnownNames.OwnFiles.Contains(set.Name) ? "yours: data.path says where" : set.Downloadable ? $"no; sweeper data fetch {set.Name}" : "no");
                table.AddRow(PlainTable.Cell(set.Name), PlainTable.Cell(where), PlainTable.Cell(set.Description));
            }

            call.Terminal.Out.Write(table);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static DocumentedCommand Fetch(CommandRunner runner)
    {
        Argument<string> set = new("SET") { Description = "Name of the data set." };
        var command = new DocumentedCommand("fetch", "Download a data set where it is missing; goes on with a download that was interrupted.", new Example("data fetch cifar10")) { set };
        command.SetAction(runner.Of((call, stop) => FetchAsync(call, call.Parse.GetRequiredValue(set), stop)));
        return command;
    }

    // Known here already: no silo need be started to say so.
    private static void CheckName(string set)
    {
        ImmutableArray<string> known = KnownNames.BuiltIn.DataSets;
        if (!known.Contains(set))
        {
            string hint = NearestName.Of(set, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            throw new CliException(ExitCode.BadInput, $"There is no data set '{set}'.{hint} Known: {string.Join(", ", known)}.");
        }
    }

    private static async Task<int> FetchAsync(CommandCall call, string set, CancellationToken stop)
    {
        CheckName(set);
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, connection.Lost);
        long lastLine = 0;
        DataFetchProgress? last = null;
        await foreach (DataFetchProgress progress in connection.Client.GetGrain<IDataGrain>(0).FetchAsync(set, either.Token).WithCancellation(either.Token))
        {
            bool newFile = last?.File != progress.File;
            last = progress;
            if (progress.Error is not null)
            {
                throw new CliException(ExitCode.Failed, progress.Error);
            }

            if (newFile || Stopwatch.GetElapsedTime(lastLine) >= LineEvery)
            {
                call.Notice($"{progress.File}  {HumanText.Bytes(progress.Bytes)}{(progress.TotalBytes is { } total ? $" of {HumanText.Bytes(total)}" : "")}");
                lastLine = Stopwatch.GetTimestamp();
            }
        }

        call.Notice(last is null ? $"{set} is here already." : $"{set} is here. `sweeper data verify {set}` checks it.");
        return ExitCode.Ok;
    }

    private static DocumentedCommand Verify(CommandRunner runner)
    {
        Argument<string> set = new("SET") { Description = "Name of the data set." };
        Option<string> path = new("--path") { Description = "Folder, archive or file that holds it.", HelpName = "PATH" };
        Option<string> target = new("--target") { Description = "Column of a table that holds the classes, or the numbers to predict.", HelpName = "COLUMN" };
        Option<bool> regression = new("--regression") { Description = "The target holds numbers to predict, not classes." };
        Option<string> testPath = new("--test-path") { Description = "File of a table's test rows.", HelpName = "PATH" };
        Option<bool> streaming = new("--streaming") { Description = "Keep the decoded images of a folder on disk, as data.streaming does: for a folder that does not fit into memory." };
        Option<int?> imageSize = new("--image-size") { Description = "Height and width in pixels that the images of a folder are resized to; 32 unless said.", HelpName = "PIXELS" };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "verify", "Read a data set whole and check it. Exit code 1 where something is wrong.",
            new Example("data verify mnist"), new Example("data verify image-folder --path pictures"),
            new Example("data verify table --path iris.csv --target species"))
        {
            set, path, target, regression, testPath, streaming, imageSize, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string name = call.Parse.GetRequiredValue(set);
            CheckName(name);
            string? where = call.Parse.GetValue(path) is { } given ? Path.GetFullPath(given) : null;
            string? test = call.Parse.GetValue(testPath) is { } rows ? Path.GetFullPath(rows) : null;
            bool onDisk = call.Parse.GetValue(streaming);
            int? size = call.Parse.GetValue(imageSize);
            DataSetCheck check = await call.AskAsync(client => client.GetGrain<IDataGrain>(0).VerifyAsync(name, where, call.Parse.GetValue(target), test, call.Parse.GetValue(regression), onDisk, size), stop);
            return WriteCheck(call.Terminal, check, call.Parse.GetValue(output));
        }));
        return command;
    }

    private static int WriteCheck(Terminal terminal, DataSetCheck check, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, check);
            return check.Error is null ? ExitCode.Ok : ExitCode.Failed;
        }

        if (check.Error is not null)
        {
            throw new CliException(ExitCode.Failed, $"{check.Name}: {check.Error}");
        }

        TextWriter writer = terminal.Out.Profile.Out.Writer;
        writer.WriteLine($"{check.Name}: {check.TrainImages} training and {check.TestImages} test {(check.Name == KnownNames.Table ? "rows" : "images")}{(check.Classes > 0 ? FormattableString.Invariant($" of {check.Classes} classes") : ", with a number to predict")}");
        writer.WriteLine($"read from  {check.Location ?? "this program"}");
        writer.WriteLine($"sha256     {check.ContentHash}");
        if (check.Notes is not null)
        {
            writer.WriteLine($"note       {check.Notes}");
        }

        return ExitCode.Ok;
    }
}
