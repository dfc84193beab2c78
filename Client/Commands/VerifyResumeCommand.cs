using System.CommandLine;
using Sweeper.Client.Connecting;
using Sweeper.Client.Following;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>verify-resume</c>: proves that an interrupted and resumed trial ends with the same numbers.</summary>
internal static class VerifyResumeCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> file = CommonArguments.Spec();
        Option<OutputFormat> output = CommonArguments.Output();
        var overrides = SpecOverrides.OfTrial("-verify-resume");
        var command = new DocumentedCommand(
            "verify-resume",
            "Train the first configuration twice, once whole and once interrupted at a random step and resumed, and compare the weights bit for bit. Exit code 1 where they differ.",
            new Example("verify-resume sweep.yaml"),
            new Example("verify-resume sweep.yaml --epochs 1 --max-lr 0.2"))
        {
            file, output,
        };
        overrides.AddTo(command);
        command.SetAction(runner.Of((call, stop) =>
        {
            SweepSpec single = SingleConfiguration.Of(overrides.Read(call.Parse, call.Parse.GetRequiredValue(file)));
            SweepSpec check = SpecOverrides.Checked(single with { Purpose = SweepPurpose.ResumeCheck });
            return VerifyAsync(call, check, call.Parse.GetValue(output), stop);
        }));
        return command;
    }

    private static Task<int> VerifyAsync(CommandCall call, SweepSpec spec, OutputFormat output, CancellationToken stop)
    {
        ISweepDisplay display = SweepRun.Display(call, output);
        return new SweepSession(call, display, keep: false).RunAsync(
            async connection =>
            {
                SubmitResult result = await ConsoleTrace.SubmitAsync(
                    spec, call.Options.Otlp(call.Parse), () => connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(spec.Name).SubmitAsync(spec, by: ChangeVerb.By), stop));
                SweepRun.Announce(result, spec, display);
                return spec;
            },
            (connection, _, _) => ReportAsync(call, connection, spec, output, stop),
            stop);
    }

    private static async Task<int> ReportAsync(
        CommandCall call, ClusterConnection connection, SweepSpec spec, OutputFormat output, CancellationToken stop)
    {
        SweepResults results = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetAsync(spec.Name), stop);
        if (results.Trials.Select(trial => trial.Outcome).OfType<JobOutcome.ResumeChecked>().FirstOrDefault() is not { } check)
        {
            SweepReport.Write(call.Terminal.Out, results, null, []);
            return ExitCode.Failed;
        }

        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { Sweep = spec.Name, check.Equal, check.InterruptedAtStep, check.WholeHash, check.ResumedHash });
        }
        else
        {
            TextWriter writer = call.Terminal.Out.Profile.Out.Writer;
            await writer.WriteLineAsync($"Interrupted at step {check.InterruptedAtStep} and resumed.");
            await writer.WriteLineAsync($"whole    sha256 {check.WholeHash}");
            await writer.WriteLineAsync($"resumed  sha256 {check.ResumedHash}");
            await writer.WriteLineAsync(check.Equal ? "Equal, bit for bit." : "NOT equal.");
        }

        return check.Equal ? ExitCode.Ok : ExitCode.Failed;
    }
}
