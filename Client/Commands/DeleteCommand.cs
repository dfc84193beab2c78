using System.CommandLine;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>delete</c>: removes a sweep with its results, checkpoints and pictures.</summary>
internal static class DeleteCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Option<bool> yes = new("--yes", "-y") { Description = "Do not ask." };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "delete",
            "Remove a sweep with its results, checkpoints and pictures. It cannot be brought back.",
            new Example("delete quickstart", "asks first"),
            new Example("delete quickstart --yes"))
        {
            name, yes, output,
        };
        command.SetAction(runner.Of((call, stop) =>
            DeleteAsync(call, call.Parse.GetRequiredValue(name), call.Parse.GetValue(yes), call.Parse.GetValue(output), stop)));
        return command;
    }

    private static async Task<int> DeleteAsync(CommandCall call, string sweep, bool yes, OutputFormat output, CancellationToken stop)
    {
        if (!yes)
        {
            if (call.Terminal.AskYesNo is not { } ask)
            {
                throw new CliException(ExitCode.BadInput, $"There is nobody to ask; --yes deletes '{sweep}' without asking.");
            }

            if (!ask($"Delete the sweep '{sweep}' with all its results?"))
            {
                call.Notice("Nothing was deleted.");
                return ExitCode.Failed;
            }
        }

        ControlResult result = await ControlVerb.AskAsync(call, sweep, output, grain => grain.DeleteAsync(), stop);
        string pictures = call.Data.ResultsOf(sweep);
        if (result.Done && Directory.Exists(pictures))
        {
            Directory.Delete(pictures, recursive: true);
        }

        return result.Done ? ExitCode.Ok : ExitCode.Failed;
    }
}
