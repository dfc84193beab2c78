using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Connecting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Client.Saving;
using Sweeper.Contracts.Models;

namespace Sweeper.Client.Commands;

/// <summary><c>predict</c>: what a saved network sees in images, or predicts of the rows of tables.</summary>
internal static class PredictCommand
{
    private const int Digits = 6;

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> folder = new("FOLDER") { Description = "Folder that sweeper best --save wrote." };
        Argument<string[]> files = new("FILES") { Description = "PNG or JPEG images, or IDX files of images, gzip or not; of a network of a table, CSV or Parquet files.", Arity = ArgumentArity.OneOrMore };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "predict",
            "Show which class a saved network gives images or rows of a table, and how probable, or the number that it predicts of rows. Needs no sweep.",
            new Example("predict winner shoe.png coat.jpg"),
            new Example("predict winner t10k-images-idx3-ubyte.gz -o json"),
            new Example("predict iris-winner new-flowers.csv"))
        {
            folder, files, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            byte[] model = await ReadModelAsync(call.Parse.GetRequiredValue(folder), stop);
            string script = Path.Combine(call.Parse.GetRequiredValue(folder), ModelFolder.Script);
            Answered found = await PredictAsync(call, model, File.Exists(script) ? await File.ReadAllBytesAsync(script, stop) : null, call.Parse.GetRequiredValue(files), stop);
            Write(call.Terminal, found, call.Parse.GetValue(output));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task<byte[]> ReadModelAsync(string folder, CancellationToken stop)
    {
        string path = Path.Combine(folder, ModelFolder.Weights);
        return File.Exists(path)
            ? await File.ReadAllBytesAsync(path, stop)
            : throw new CliException(ExitCode.BadInput, $"{folder} holds no saved model: there is no {path}. `sweeper best NAME --save {folder}` writes one.");
    }

    // All or nothing: a bad file among many is told before anything is written.
    private static async Task<Answered> PredictAsync(CommandCall call, byte[] model, byte[]? script, string[] paths, CancellationToken stop)
    {
        List<string> problems = [];
        var answers = ImmutableArray.CreateBuilder<(string File, float[][] Answers)>();
        ModelAnswer? last = null;
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        await foreach (ImmutableArray<ImageFile> portion in ImageFiles.ReadAsync(paths, problems, stop))
        {
            ModelAnswer answer = await connection.RepeatAsync(client => client.GetGrain<IModelGrain>(0).PredictAsync(model, portion, script), stop);
            if (answer.Error is not null)
            {
                throw new CliException(ExitCode.BadInput, $"{ModelFolder.Weights} cannot be used: {answer.Error}.");
            }

            last = answer;
            foreach ((ImageFile file, FileAnswer found) in portion.Zip(answer.Files))
            {
                problems.AddRange(found.Error is null ? [] : [found.Error]);
                answers.Add((file.Name, found.Probabilities));
            }
        }

        return problems.Count == 0 && last is not null
            ? new Answered(last.Model, last.Classes, last.Target, answers.ToImmutable())
            : throw new CliException(
                ExitCode.BadInput,
                $"{HumanText.Count(problems.Count, "file")} of {paths.Length} cannot be used{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");
    }

    private static void Write(Terminal terminal, Answered found, OutputFormat output)
    {
        if (found.Target is { } target)
        {
            WriteRows(terminal, found, target, output);
        }
        else
        {
            WriteImages(terminal, found, output);
        }
    }

    private static void WriteImages(Terminal terminal, Answered found, OutputFormat output)
    {
        ImmutableArray<PredictedImage> images =
            [.. found.Files.SelectMany(file => file.Answers.Select((answer, index) => PredictedImage.Of(file.Name, index, found.Classes, answer)))];
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, new PredictionJson(found.Model, found.Classes, images));
            return;
        }

        bool several = images.Any(image => image.Image > 0);
        Table table = PlainTable.Of(several ? ["file", "image", "class", "probability"] : ["file", "class", "probability"]);
        foreach (PredictedImage image in images)
        {
            string[] cells = several
                ? [image.File, FormattableString.Invariant($"{image.Image}"), image.Class, HumanText.Percent(image.Probability)]
                : [image.File, image.Class, HumanText.Percent(image.Probability)];
            table.AddRow(cells.Select(PlainTable.Cell));
        }

        terminal.Out.Write(table);
    }

    private static void WriteRows(Terminal terminal, Answered found, string target, OutputFormat output)
    {
        ImmutableArray<PredictedRow> rows =
            [.. found.Files.SelectMany(file => file.Answers.Select((answer, index) => PredictedRow.Of(file.Name, index, found.Classes, answer)))];
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, new TablePredictionJson(found.Model, target, found.Classes, rows));
            return;
        }

        bool numbers = found.Classes.IsEmpty;
        Table table = PlainTable.Of(numbers ? ["file", "row", target] : ["file", "row", target, "probability"]);
        foreach (PredictedRow row in rows)
        {
            string[] cells = numbers
                ? [row.File, FormattableString.Invariant($"{row.Row}"), HumanText.Number(row.Number, Digits)]
                : [row.File, FormattableString.Invariant($"{row.Row}"), row.Class ?? "", HumanText.Percent(row.Probability)];
            table.AddRow(cells.Select(PlainTable.Cell));
        }

        terminal.Out.Write(table);
    }

    /// <summary>Answers to all files.</summary>
    private sealed record Answered(string Model, ImmutableArray<string> Classes, string? Target, ImmutableArray<(string Name, float[][] Answers)> Files);
}
