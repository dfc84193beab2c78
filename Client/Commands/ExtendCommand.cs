using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Client.Connecting;
using Sweeper.Client.Following;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>extend</c>: more of a sweep, or its next generation with another spec.</summary>
internal static class ExtendCommand
{
    private static readonly TimeSpan PlainLinesEvery = TimeSpan.FromSeconds(10);

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<int?> trials = OptionParsing.Positive("--trials", "Further configurations, of a strategy that draws them.");
        Option<int?> seeds = OptionParsing.Positive("--seeds", "Further seeds of each configuration.");
        Option<string?> spec = new("--spec")
        {
            Description = "A changed spec: the next generation, a sweep NAME.2 beside this one, which takes over the trials that are the same.",
            HelpName = "FILE",
        };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "extend",
            "Ask for more of the same search, or start a sweep's next generation with a changed spec. A completed sweep goes on.",
            new Example("extend quickstart --seeds 2"),
            new Example("extend random-search --trials 20"),
            new Example("extend quickstart --spec wider.yaml && sweeper watch quickstart.2"))
        {
            name, trials, seeds, spec, output,
        };
        command.SetAction(runner.Of((call, stop) =>
        {
            string sweep = call.Parse.GetRequiredValue(name);
            int more = call.Parse.GetValue(trials) ?? 0;
            int repeats = call.Parse.GetValue(seeds) ?? 0;
            OutputFormat form = call.Parse.GetValue(output);
            return (call.Parse.GetValue(spec), more + repeats) switch
            {
                ({ } file, 0) => StartAsync(call, sweep, SpecFile.Read(file), form, stop),
                (null, > 0) => ChangeVerb.AskAsync(call, sweep, form, _ => grain => grain.ExtendAsync(more, repeats, ChangeVerb.By), stop),
                _ => throw new CliException(ExitCode.BadInput, "Give --trials or --seeds or both, or --spec alone."),
            };
        }));
        return command;
    }

    private static async Task<int> StartAsync(CommandCall call, string sweep, SweepSpec spec, OutputFormat output, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop, keep: true);
        SweepResults asked = await CommandCall.AboutAsync(connection, sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
        string first = asked.Summary.GenerationOf ?? sweep;
        if (spec.Name != first && spec.Name != sweep)
        {
            throw new CliException(ExitCode.BadInput, $"The spec is named '{spec.Name}': a further generation of '{first}' has its name. To run it as a sweep of its own, `sweeper run`.");
        }

        ImmutableArray<SweepSummary> all = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).ListAsync(), stop);
        SweepSummary? last = all.Where(other => other.GenerationOf == first).MaxBy(other => other.Generation);
        SweepSpec before = last is null || last.Name == sweep
            ? asked.Spec
            : (await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetAsync(last.Name), stop)).Spec;
        ImmutableArray<SpecDifference> differences = SpecDifference.Between(before with { Name = spec.Name }, spec);
        if (differences.IsEmpty)
        {
            throw new CliException(ExitCode.BadInput, $"Nothing in the spec differs from '{before.Name}': `--trials` or `--seeds` ask for more of the same search.");
        }

        int number = (last?.Generation ?? 1) + 1;
        while (all.Any(other => other.Name == $"{first}.{number}"))
        {
            number++; // a sweep of its own has that name
        }

        SweepSpec next = spec with { Name = $"{first}.{number}" };
        var generation = new SweepGeneration(first, number, string.Join(", ", differences.Select(difference => difference.ToString())));
        SubmitResult result = await ConsoleTrace.SubmitAsync(
            next, call.Options.Otlp(call.Parse), () => connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(next.Name).SubmitAsync(next, generation, ChangeVerb.By), stop));
        SweepRun.Announce(result, next, new PlainDisplay(call.Terminal.Error, PlainLinesEvery));
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { Sweep = next.Name, generation.Of, Generation = generation.Number, generation.Changes });
            return ExitCode.Ok;
        }

        TextWriter writer = call.Terminal.Out.Profile.Out.Writer;
        await writer.WriteLineAsync($"Started    {next.Name}, generation {number} of {first}");
        foreach (SpecDifference difference in differences)
        {
            await writer.WriteLineAsync($"Changed    {difference}");
        }

        await SubmitCommand.WriteFollowingAsync(call, connection, next.Name);
        return ExitCode.Ok;
    }
}
