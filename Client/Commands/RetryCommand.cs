using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>retry</c>: puts failed jobs back into the queue.</summary>
internal static class RetryCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Argument<string[]> jobs = new("JOB")
        {
            Description = "Jobs, such as T-0003; none: every job that failed, ran out of memory or was stopped.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "retry",
            "Put failed jobs back into the queue.",
            new Example("retry quickstart", "every job that failed"),
            new Example("retry quickstart T-0003 R-001"))
        {
            name, jobs, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string sweep = call.Parse.GetRequiredValue(name);
            ImmutableArray<JobKey> chosen = [.. (call.Parse.GetValue(jobs) ?? []).Select(job => JobName.Parse(sweep, job))];
            if (!chosen.IsEmpty)
            {
                SweepResults results = await call.AskAboutAsync(sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
                JobName.CheckExist(results, chosen);
            }

            ImmutableArray<string> names = [.. chosen.Select(job => job.ShortName)];
            ControlResult result = await ControlVerb.AskAsync(call, sweep, call.Parse.GetValue(output), grain => grain.RetryAsync(names), stop);
            return result.Done ? ExitCode.Ok : ExitCode.Failed;
        }));
        return command;
    }
}
