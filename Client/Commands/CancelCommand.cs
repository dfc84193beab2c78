using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary><c>cancel</c>: stops running jobs and starts no new one.</summary>
internal static class CancelCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner) => ControlVerb.Create(
        runner,
        "cancel",
        "Stop running jobs and start no new one. What has finished is kept; `resume` takes it back.",
        "cancel quickstart",
        sweep => sweep.CancelAsync());
}
