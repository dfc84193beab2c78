using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary><c>resume</c>: goes on after a pause or a cancel.</summary>
internal static class ResumeCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner) => ControlVerb.Create(
        runner,
        "resume",
        "Go on after a pause or a cancel. Without a cluster or a silo that was kept, `watch` does the work.",
        "resume quickstart && sweeper watch quickstart",
        sweep => sweep.ResumeAsync());
}
