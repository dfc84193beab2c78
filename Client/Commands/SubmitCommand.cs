using System.CommandLine;
using Sweeper.Client.Connecting;
using Sweeper.Client.Following;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>submit</c>: starts a sweep and leaves it to itself.</summary>
internal static class SubmitCommand
{
    private static readonly TimeSpan PlainLinesEvery = TimeSpan.FromSeconds(10);

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = CommonArguments.Spec();
        Option<string[]> set = CommonArguments.Set();
        Option<bool> noReuse = CommonArguments.NoReuse();
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "submit",
            "Start a sweep and return at once. Without a cluster, a silo is started that goes on in the background.",
            new Example("submit sweep.yaml --cluster gpu1:30000"),
            new Example("submit sweep.yaml && sweeper watch my-sweep"))
        {
            file, set, noReuse, output,
        };
        command.SetAction(runner.Of((call, stop) => SubmitAsync(
            call,
            SpecFile.Read(
                call.Parse.GetRequiredValue(file),
                [.. CommonArguments.Chosen(call.Parse, set), .. CommonArguments.ReuseSettings(call.Parse.GetValue(noReuse))]),
            call.Parse.GetValue(output),
            stop)));
        return command;
    }

    private static async Task<int> SubmitAsync(CommandCall call, SweepSpec spec, OutputFormat output, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop, keep: true);
        TimePrediction time = await PredictedTime.FetchAsync(connection, spec, stop);
        SubmitResult result = await ConsoleTrace.SubmitAsync(
            spec, call.Options.Otlp(call.Parse), () => connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(spec.Name).SubmitAsync(spec, by: ChangeVerb.By), stop));
        var display = new PlainDisplay(call.Terminal.Error, PlainLinesEvery);
        SweepRun.Announce(result, spec, display);
        PredictedTime.Say(time, result.Status, display);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { Sweep = spec.Name, result.Status });
            return ExitCode.Ok;
        }

        await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync($"Submitted  {spec.Name}");
        await WriteFollowingAsync(call, connection, spec.Name);
        return ExitCode.Ok;
    }

    /// <summary>Says how to watch a sweep that was started, and what becomes of the silo that this command started for it.</summary>
    internal static async Task WriteFollowingAsync(CommandCall call, ClusterConnection connection, string sweep)
    {
        TextWriter writer = call.Terminal.Out.Profile.Out.Writer;
        await writer.WriteLineAsync($"Watch it   {HowToRun.Another(call.Parse, "watch", sweep)}");
        if (connection.Silo is { Keep: true } started)
        {
            await writer.WriteLineAsync($"Silo       goes on in the background (pid {started.Description.Pid}); `kill {started.Description.Pid}` ends it");
        }
    }
}
