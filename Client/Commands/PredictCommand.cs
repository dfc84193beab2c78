using System.Collections.Immutable;
using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Connecting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Client.Saving;
using Sweeper.Contracts.Models;

namespace Sweeper.Client.Commands;

/// <summary><c>predict</c>: what a saved network sees in images.</summary>
internal static class PredictCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> folder = new("FOLDER") { Description = "Folder that sweeper best --save wrote." };
        Argument<string[]> files = new("FILES") { Description = "PNG or JPEG images, or IDX files of images, gzip or not.", Arity = ArgumentArity.OneOrMore };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "predict",
            "Show which class a saved network gives images, and how probable. Needs no sweep.",
            new Example("predict winner shoe.png coat.jpg"),
            new Example("predict winner t10k-images-idx3-ubyte.gz -o json"))
        {
            folder, files, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            byte[] model = await ReadModelAsync(call.Parse.GetRequiredValue(folder), stop);
            PredictionJson found = await PredictAsync(call, model, call.Parse.GetRequiredValue(files), stop);
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
    private static async Task<PredictionJson> PredictAsync(CommandCall call, byte[] model, string[] paths, CancellationToken stop)
    {
        List<string> problems = [];
        List<PredictedImage> images = [];
        (string name, ImmutableArray<string> classes) = ("", []);
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        await foreach (ImmutableArray<ImageFile> portion in ImageFiles.ReadAsync(paths, problems, stop))
        {
            ModelAnswer answer = await connection.RepeatAsync(client => client.GetGrain<IModelGrain>(0).PredictAsync(model, portion), stop);
            if (answer.Error is not null)
            {
                throw new CliException(ExitCode.BadInput, $"{ModelFolder.Weights} cannot be used: {answer.Error}.");
            }

            (name, classes) = (answer.Model, answer.Classes);
            foreach ((ImageFile file, FileAnswer found) in portion.Zip(answer.Files))
            {
                problems.AddRange(found.Error is null ? [] : [found.Error]);
                images.AddRange(found.Probabilities.Select((probabilities, index) => PredictedImage.Of(file.Name, index, classes, probabilities)));
            }
        }

        return problems.Count == 0
            ? new PredictionJson(name, classes, [.. images])
            : throw new CliException(
                ExitCode.BadInput,
                $"{HumanText.Count(problems.Count, "file")} of {paths.Length} cannot be used{string.Concat(problems.Select(problem => $"{Environment.NewLine}  {problem}"))}");
    }

    private static void Write(Terminal terminal, PredictionJson found, OutputFormat output)
    {
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, found);
            return;
        }

        bool several = found.Images.Any(image => image.Image > 0);
        Table table = PlainTable.Of(several ? ["file", "image", "class", "probability"] : ["file", "class", "probability"]);
        foreach (PredictedImage image in found.Images)
        {
            string[] cells = several
                ? [image.File, FormattableString.Invariant($"{image.Image}"), image.Class, HumanText.Percent(image.Probability)]
                : [image.File, image.Class, HumanText.Percent(image.Probability)];
            table.AddRow(cells.Select(PlainTable.Cell));
        }

        terminal.Out.Write(table);
    }
}
