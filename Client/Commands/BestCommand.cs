using System.CommandLine;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>best</c>: the winner, ready to paste.</summary>
internal static class BestCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "best",
            "Show the best configuration of a sweep as a spec that trains it alone.",
            new Example("best quickstart"),
            new Example("best quickstart > best.yaml && sweeper run best.yaml", "train it anew"))
        {
            name, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string sweep = call.Parse.GetRequiredValue(name);
            SweepResults results = await call.AskAboutAsync(sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
            return Write(call.Terminal, results, call.Parse.GetValue(output));
        }));
        return command;
    }

    private static int Write(Terminal terminal, SweepResults results, OutputFormat output)
    {
        LeaderboardRow best = SweepReport.Best(results)
            ?? throw new CliException(ExitCode.Failed, $"No trial of '{results.Summary.Name}' has finished yet.");
        string yaml = SpecYaml.WriteBest(results.Spec, best.Configuration, best.MomentumHigh, best.Epochs);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, new BestJson(results.Summary.Name, results.Spec.Search.SelectBy, best, yaml));
            return ExitCode.Ok;
        }

        TextWriter writer = terminal.Out.Profile.Out.Writer;
        string validation = best.ValidationAccuracy is null
            ? ""
            : $"validation {HumanText.PercentWithDeviation(best.ValidationAccuracy, best.ValidationDeviation)}, ";
        writer.WriteLine($"# {best.Configuration}");
        writer.WriteLine(
            $"# {validation}test {HumanText.PercentWithDeviation(best.TestAccuracy, best.TestDeviation)}, {HumanText.Count(best.Replicates, "seed")}, "
            + $"chosen by {(results.Spec.Search.SelectBy == SelectionSet.Test ? "test" : "validation")} accuracy");
        writer.Write(yaml);
        return ExitCode.Ok;
    }
}
