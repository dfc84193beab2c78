using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary><c>run</c>: a sweep from a spec to a verdict.</summary>
internal static class RunCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = CommonArguments.Spec();
        Option<string[]> set = CommonArguments.Set();
        Option<bool> noReuse = CommonArguments.NoReuse();
        Option<bool> keep = CommonArguments.Keep();
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "run",
            "Run a sweep: check the spec, start it or go on with it, show it live, report it. The same command goes on after any interruption.",
            new Example("run examples/quickstart.yaml", "with a silo of its own"),
            new Example("run sweep.yaml --set name=again --set seed=2", "another seed"),
            new Example("run sweep.yaml --cluster gpu1:30000", "on a running cluster"),
            new Example("run sweep.yaml -o json > results.json", "for a program"))
        {
            file, set, noReuse, keep, output,
        };
        command.SetAction(runner.Of((call, stop) =>
            new SweepRun(call, call.Parse.GetValue(output), call.Parse.GetValue(keep)).RunAsync(
                SpecFile.Read(
                    call.Parse.GetRequiredValue(file),
                    [.. CommonArguments.Chosen(call.Parse, set), .. CommonArguments.ReuseSettings(call.Parse.GetValue(noReuse))]),
                stop)));
        return command;
    }
}
