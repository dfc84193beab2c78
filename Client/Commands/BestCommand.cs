using System.CommandLine;
using Sweeper.Client.Exporting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Client.Saving;
using Sweeper.Contracts.Jobs;
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
        Option<BestForm> form = OptionParsing.Choice<BestForm>(
            "--as", null, "spec: what sweeper run takes; pytorch, fastai: Python for those who train with them.");
        Option<string> save = new("--save") { Description = "Train the winner once more and save its weights, model.json, spec.yaml and a model card to this folder, new or empty.", HelpName = "FOLDER" };
        Option<ParetoCost?> pareto = OptionParsing.Word<ParetoCost>("--pareto", "Show the configurations that no other one beats: seconds, against training time; parameters, against the size of the network; memory, against what a training step holds.");
        var command = new DocumentedCommand(
            "best",
            "Show the best configuration of a sweep as a spec that trains it alone, or as code for PyTorch or fastai; or save its network.",
            new Example("best quickstart"),
            new Example("best quickstart > best.yaml && sweeper run best.yaml", "train it anew"),
            new Example("best quickstart --as pytorch", "its optimiser and its schedule in Python"),
            new Example("best quickstart --pareto seconds", "what is good for its training time"),
            new Example("best quickstart --save winner", "its network, for sweeper predict, PyTorch and C#"))
        {
            name, form, save, pareto, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string sweep = call.Parse.GetRequiredValue(name);
            if (call.Parse.GetValue(pareto) is { } cost)
            {
                return call.Parse.GetValue(form) == BestForm.Spec && call.Parse.GetValue(save) is null
                    ? Write(call.Terminal, await GetAsync(call, sweep, stop), cost, call.Parse.GetValue(output))
                    : throw new CliException(ExitCode.BadInput, "--pareto goes with neither --as nor --save, which are about one configuration; leave one out.");
            }

            if (call.Parse.GetValue(save) is { } folder)
            {
                return call.Parse.GetValue(form) == BestForm.Spec
                    ? await new ModelSaving(call, ModelFolder.Check(folder), call.Parse.GetValue(output)).RunAsync(sweep, stop)
                    : throw new CliException(ExitCode.BadInput, "--save and --as do not go together; leave one out.");
            }

            SweepResults results = await GetAsync(call, sweep, stop);
            return Write(call.Terminal, results, call.Parse.GetValue(form), call.Parse.GetValue(output));
        }));
        return command;
    }

    private static Task<SweepResults> GetAsync(CommandCall call, string sweep, CancellationToken stop) =>
        call.AskAboutAsync(sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);

    private static int Write(Terminal terminal, SweepResults results, ParetoCost cost, OutputFormat output)
    {
        SearchSpec search = results.Spec.Search;
        var front = ParetoFront.Of(Leaderboard.Of(results.Trials, search.Ranking), results.Trials, search.Ranking, cost);
        if (front.All.IsEmpty)
        {
            throw new CliException(ExitCode.Failed, $"No trial of '{results.Summary.Name}' has finished yet with {Missing(cost)} to compare.");
        }

        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, new ParetoJson(results.Summary.Name, search.SelectBy, search.Ranking.MetricWord, cost, front.All.Length, front.Front));
        }
        else
        {
            ParetoTable.Write(terminal.Out, results, front, cost);
        }

        return ExitCode.Ok;
    }

    private static int Write(Terminal terminal, SweepResults results, BestForm form, OutputFormat output)
    {
        LeaderboardRow best = SweepReport.Best(results)
            ?? throw new CliException(ExitCode.Failed, SweepReport.NoBest(results));
        if (form != BestForm.Spec && output == OutputFormat.Json)
        {
            throw new CliException(ExitCode.BadInput, "--as and -o json do not go together; leave one out.");
        }

        string text = form == BestForm.Spec ? SpecYaml.WriteBest(results.Spec, best.Configuration, best.MomentumHigh, best.Epochs) : Code(results, best, form);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(terminal, new BestJson(results.Summary.Name, results.Spec.Search.SelectBy, best, text, results.Spec.Search.Objective is null ? null : results.Spec.Search.Ranking.MetricWord));
            return ExitCode.Ok;
        }

        TextWriter writer = terminal.Out.Profile.Out.Writer;
        string validation = best.ValidationAccuracy is null
            ? ""
            : $"validation {HumanText.PercentWithDeviation(best.ValidationAccuracy, best.ValidationDeviation)}, ";
        writer.WriteLine($"# {best.Configuration}");
        writer.WriteLine(
            $"# {validation}test {HumanText.PercentWithDeviation(best.TestAccuracy, best.TestDeviation)}, {HumanText.Count(best.Replicates, "seed")}, "
            + $"chosen by {results.Spec.Search.Ranking.Words}");
        Metrics(writer, "validation", best.ValidationMetrics);
        Metrics(writer, "test", best.TestMetrics);
        writer.Write(text);
        return ExitCode.Ok;
    }

    private static string Missing(ParetoCost cost) => cost switch
    {
        ParetoCost.Seconds => "a time",
        ParetoCost.Memory => "memory that was measured (fused trials, trainers of your own and earlier versions have none)",
        _ => "a number of parameters",
    };

    private static void Metrics(TextWriter writer, string set, TrialMetrics? metrics)
    {
        if (MetricText.All(metrics) is { } words)
        {
            writer.WriteLine($"# {set}: {words}");
        }
    }

    private static string Code(SweepResults results, LeaderboardRow best, BestForm form)
    {
        RunInfo run = results.Trials.First(trial => best.Trials.Contains(trial.Number) && trial.Run is not null).Run!; // one of those behind the row
        var snippet = new TrainingSnippet(results.Spec, best.Configuration, run.Steps, best.Epochs ?? results.Spec.Training.Epochs, best.MomentumHigh);
        if (form == BestForm.PyTorch)
        {
            return snippet.PyTorch() + "\n";
        }

        (string? code, string? why) = snippet.Fastai();
        return code is null
            ? throw new CliException(ExitCode.BadInput, $"The best configuration of '{results.Summary.Name}' cannot be trained by fastai's fit_one_cycle: {why}. --as pytorch writes it for PyTorch.")
            : code + "\n";
    }
}

/// <summary>Forms of a winner.</summary>
internal enum BestForm
{
    /// <summary>A spec.</summary>
    Spec,

    /// <summary>Python for PyTorch.</summary>
    PyTorch,

    /// <summary>Python for fastai.</summary>
    Fastai,
}
