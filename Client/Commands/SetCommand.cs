using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary><c>set</c>: other limits for a sweep on its way.</summary>
internal static class SetCommand
{
    private const string Prefix = "limits.";

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Argument<string[]> settings = new("LIMIT=VALUE")
        {
            Description = "Limits as in a spec, such as limits.trials=60 or limits.wall_time=2h; none takes one away.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "set",
            "Set the limits of a sweep on its way. A sweep that a limit has ended goes on where the limit is raised.",
            new Example("set quickstart limits.wall_time=2h limits.max_parallel=2"),
            new Example("set quickstart limits.trials=none"))
        {
            name, settings, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string sweep = call.Parse.GetRequiredValue(name);
            ImmutableArray<(string Path, string Value)> chosen = Settings.Read(call.Parse.GetRequiredValue(settings), Complaint);
            return await ChangeVerb.AskAsync(
                call,
                sweep,
                call.Parse.GetValue(output),
                results =>
                {
                    LimitsSpec limits = Settings.Apply(results.Spec, chosen, $"The limits of '{sweep}'").Limits;
                    return grain => grain.SetLimitsAsync(limits, ChangeVerb.By);
                },
                stop);
        }));
        return command;
    }

    private static string? Complaint(string path) => path.StartsWith(Prefix, StringComparison.Ordinal)
        ? null
        : "is no limit; `sweeper extend` asks for more of the same search, `sweeper extend --spec` for another one";
}
