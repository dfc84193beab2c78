using System.CommandLine;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary>What <c>pause</c>, <c>resume</c>, <c>cancel</c>, <c>retry</c> and <c>delete</c> have in common.</summary>
internal static class ControlVerb
{
    /// <summary>Asks the coordinator and prints its answer.</summary>
    /// <param name="call">The command.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="output">Form of the answer.</param>
    /// <param name="ask">The request.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The answer.</returns>
    public static async Task<ControlResult> AskAsync(
        CommandCall call, string sweep, OutputFormat output, Func<ISweepGrain, Task<ControlResult>> ask, CancellationToken stop)
    {
        ControlResult result = await call.AskAboutAsync(sweep, client => ask(client.GetGrain<ISweepGrain>(sweep)), stop);
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, result);
        }
        else
        {
            await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync($"{sweep}: {result.Message}");
        }

        return result;
    }

    /// <summary>A verb that takes a sweep's name and nothing else.</summary>
    public static Command Create(
        CommandRunner runner, string verb, string description, string example, Func<ISweepGrain, Task<ControlResult>> ask)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(verb, description, new Example(example)) { name, output };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            ControlResult result = await AskAsync(call, call.Parse.GetRequiredValue(name), call.Parse.GetValue(output), ask, stop);
            return result.Done ? ExitCode.Ok : ExitCode.Failed;
        }));
        return command;
    }
}
