using System.CommandLine;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Commands;

/// <summary><c>why</c>: which rule placed or stopped a job, and on what data.</summary>
internal static class WhyCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(CommandRunner runner)
    {
        Argument<string> name = CommonArguments.Sweep();
        Argument<string> job = new("JOB") { Description = "A job, such as T-0003 or R-001." };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(
            "why",
            "Say which rule placed a job, from which results, why it ended as it did, and what became of its attempts.",
            new Example("why quickstart T-0003"),
            new Example("why quickstart R-001 -o json"))
        {
            name, job, output,
        };
        command.SetAction(runner.Of(async (call, stop) =>
        {
            string sweep = call.Parse.GetRequiredValue(name);
            JobKey key = JobName.Parse(sweep, call.Parse.GetRequiredValue(job));
            SweepResults results = await call.AskAboutAsync(sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop);
            JobName.CheckExist(results, key);
            JobHistory history = await call.AskAboutAsync(sweep, client => client.GetGrain<IResultsGrain>(0).GetHistoryAsync(key), stop);
            WhyLine[] lines = [.. key.Kind == JobKind.Trial ? WhyText.OfTrial(results, key.Number) : WhyText.OfCell(results, key.Number), .. Attempts(key, history)];
            Write(call, lines);
            return ExitCode.Ok;

            void Write(CommandCall at, WhyLine[] all)
            {
                if (at.Parse.GetValue(output) == OutputFormat.Json)
                {
                    JsonOutput.Write(at.Terminal, all);
                    return;
                }

                foreach (WhyLine line in all)
                {
                    at.Terminal.Out.MarkupLine($"[bold]{line.Job}[/] [grey]{line.About}[/] {Markup.Escape(line.Why)}");
                }
            }
        }));
        return command;
    }

    /// <summary>What became of its attempts, where there was more than one.</summary>
    private static IEnumerable<WhyLine> Attempts(JobKey key, JobHistory history) => history.Attempts.Length < 2 ? [] : history.Attempts.Select(attempt =>
    {
        string time = attempt.EndedAt is { } end ? $" after {HumanText.Duration((end - attempt.StartedAt).TotalSeconds)}" : "";
        string ended = attempt.EndedAs is { } how ? $"{how.Replace('_', ' ')}{time}" : "at work";
        return new WhyLine(key.ShortName, FormattableString.Invariant($"attempt {attempt.Number}"), $"{attempt.Worker}: {ended}{(attempt.Reason is { Length: > 0 } reason ? $", {reason}" : "")}");
    });
}
