using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary><c>pause</c>: lets running jobs end and starts no new one.</summary>
internal static class PauseCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner) => ControlVerb.Create(
        runner, "pause", "Let running jobs end and start no new one.", "pause quickstart", sweep => sweep.PauseAsync());
}
