using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary><c>train</c>: one trial, without a search.</summary>
internal static class TrainCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = CommonArguments.Spec();
        Option<bool> keep = CommonArguments.Keep();
        Option<OutputFormat> output = CommonArguments.Output();
        var overrides = SpecOverrides.OfTrial("-train");
        var command = new DocumentedCommand(
            "train",
            "Train one configuration: the first value of every axis of the spec, unless an option says otherwise. It becomes a sweep named NAME-train.",
            new Example("train sweep.yaml --max-lr 0.4 --batch-size 256"),
            new Example("train sweep.yaml --epochs 30 --name long-run"))
        {
            file, keep, output,
        };
        overrides.AddTo(command);
        command.SetAction(runner.Of((call, stop) => new SweepRun(call, call.Parse.GetValue(output), call.Parse.GetValue(keep)).RunAsync(
            SpecOverrides.Checked(SingleConfiguration.Of(overrides.Read(call.Parse, call.Parse.GetRequiredValue(file)))), stop)));
        return command;
    }
}
