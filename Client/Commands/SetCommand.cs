using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary><c>set</c>: other limits, or another share of the devices, for a sweep on its way.</summary>
internal static class SetCommand
{
    private static readonly string[] Prefixes = ["limits.", "sharing."];

    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Argument<string[]> settings = new("SETTING=VALUE")
        {
            Description = "Limits and sharing as in a spec, such as limits.trials=60, limits.wall_time=2h or sharing.priority=10; none takes a limit away.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "set",
            "Set the limits of a sweep on its way, or how it shares the devices. A sweep that a limit has ended goes on where the limit is raised.",
            new Example("set quickstart limits.wall_time=2h limits.max_parallel=2"),
            new Example("set quickstart limits.trials=none"),
            new Example("set quickstart sharing.priority=10 sharing.preempt=true"))
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
                    SweepSpec spec = Settings.Apply(results.Spec, chosen, $"The limits of '{sweep}'");
                    return grain => grain.SetLimitsAsync(spec.Limits, ChangeVerb.By, spec.Sharing ?? SharingSpec.Default);
                },
                stop);
        }));
        return command;
    }

    private static string? Complaint(string path) => Prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal))
        ? null
        : "is neither a limit nor a part of sharing; `sweeper extend` asks for more of the same search, `sweeper extend --spec` for another one";
}
