using System.CommandLine;
using Sweeper.Client.Following;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>watch</c>: shows a sweep live until it ends.</summary>
internal static class WatchCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<bool> keep = CommonArguments.Keep();
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "watch",
            "Show a sweep live until it ends, then report it. With -o json: one view a line.",
            new Example("watch quickstart"),
            new Example("watch quickstart -o json | jq .counts.completed"))
        {
            name, keep, output,
        };
        command.SetAction(runner.Of((call, stop) =>
            WatchAsync(call, call.Parse.GetRequiredValue(name), call.Parse.GetValue(keep), call.Parse.GetValue(output), stop)));
        return command;
    }

    private static Task<int> WatchAsync(CommandCall call, string name, bool keep, OutputFormat output, CancellationToken stop)
    {
        ISweepDisplay display = output == OutputFormat.Json ? new JsonLinesDisplay(call.Terminal) : SweepRun.Display(call, output);
        return new SweepSession(call, display, keep).RunAsync(
            async connection =>
            {
                SweepResults results = await CommandCall.AboutAsync(
                    connection, name, client => client.GetGrain<IResultsGrain>(0).GetAsync(name), stop);
                if (connection.Silo is not null && results.Summary.Status == SweepStatus.Running)
                {
                    // A silo that was just started leaves open sweeps alone until somebody asks for them.
                    await connection.CallAsync(client => client.GetGrain<ISweepGrain>(name).ResumeAsync(), stop);
                }

                return results.Spec;
            },
            async (connection, spec, last) =>
            {
                if (output == OutputFormat.Table)
                {
                    return await new SweepFinish(call, output).WriteAsync(connection, spec, last, stop);
                }

                SweepResults results = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetAsync(name), stop);
                return SweepVerdict.ExitCodeOf(results);
            },
            stop);
    }
}
