using System.CommandLine;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Commands;

/// <summary><c>range-test</c>: LR range tests, without trials.</summary>
internal static class RangeTestCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = CommonArguments.Spec();
        Option<bool> keep = CommonArguments.Keep();
        Option<OutputFormat> output = CommonArguments.Output();
        var overrides = SpecOverrides.OfRangeTest("-range-test");
        var command = new DocumentedCommand(
            "range-test",
            "Run the LR range test of every cell of the spec and nothing else; print and draw all suggestions. It becomes a sweep named NAME-range-test.",
            new Example("range-test sweep.yaml"),
            new Example("range-test sweep.yaml --max-lr 3 --epochs 4 --batch-size 512"))
        {
            file, keep, output,
        };
        overrides.AddTo(command);
        command.SetAction(runner.Of((call, stop) =>
        {
            SweepSpec spec = overrides.Read(call.Parse, call.Parse.GetRequiredValue(file));
            SweepSpec tests = spec with
            {
                Purpose = SweepPurpose.RangeTestsOnly,
                Search = spec.Search with { MaxLearningRate = new AxisSpec.FromRangeTest(1, 1, 1), Seeds = 1 },
            };
            return new SweepRun(call, call.Parse.GetValue(output), call.Parse.GetValue(keep)).RunAsync(SpecOverrides.Checked(tests), stop);
        }));
        return command;
    }
}
