using System.Collections.Immutable;
using System.CommandLine;
using Sweeper.Client.Connecting;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Specs.Reading;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Commands;

/// <summary>What <c>workers drain</c>, <c>quarantine</c> and <c>readmit</c> have in common.</summary>
internal static class WorkerDutyVerb
{
    /// <summary>A verb that sets what workers are to do, until their silos start anew.</summary>
    public static Command Create(CommandRunner runner, string verb, WorkerDuty duty, string description, string example)
    {
        Argument<string> which = new("WORKER") { Description = "Name of a node, for all of its devices, or of one device as `sweeper workers` shows it." };
        Option<string> reason = new("--reason") { Description = "Why, for others to see.", HelpName = "TEXT" };
        Option<OutputFormat> output = CommonArguments.Output();
        var command = new DocumentedCommand(verb, description + " Until its silo starts anew.", new Example(example)) { which, output };
        if (duty != WorkerDuty.Open)
        {
            command.Add(reason);
        }

        command.SetAction(runner.Of((call, stop) => SetAsync(
            call, call.Parse.GetRequiredValue(which), duty, duty == WorkerDuty.Open ? null : call.Parse.GetValue(reason), call.Parse.GetValue(output), stop)));
        return command;
    }

    private static async Task<int> SetAsync(
        CommandCall call, string which, WorkerDuty duty, string? reason, OutputFormat output, CancellationToken stop)
    {
        await using ClusterConnection connection = await call.ConnectAsync(stop);
        ImmutableArray<WorkerStatus> all = await connection.FetchAsync(client => client.GetGrain<IWorkerPoolGrain>(0).ListAsync(), stop);
        WorkerKey[] chosen = [.. all.Select(worker => worker.Key).Where(key => key.Node == which || key.ToString() == which)];
        if (chosen.Length == 0)
        {
            IEnumerable<string> names = all.SelectMany(worker => new[] { worker.Key.Node, worker.Key.ToString() }).Distinct();
            string hint = NearestName.Of(which, names) is { } nearest ? $"Did you mean '{nearest}'?" : "`sweeper workers` shows those that there are.";
            throw new CliException(ExitCode.BadInput, $"There is no worker or node '{which}'. {hint}");
        }

        bool[] taken = await Task.WhenAll(chosen.Select(key =>
            connection.RepeatAsync(client => client.GetGrain<IGpuWorkerGrain>(key.ToString()).SetDutyAsync(duty, reason), stop)));
        WorkerKey[] set = [.. chosen.Where((_, index) => taken[index])];
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new { Workers = set.Select(key => key.ToString()), Duty = duty });
        }
        else
        {
            await call.Terminal.Out.Profile.Out.Writer.WriteLineAsync($"{string.Join(", ", set)}: {(duty == WorkerDuty.Open ? "takes jobs again" : duty.ToString().ToLowerInvariant())}");
        }

        return set.Length == chosen.Length ? ExitCode.Ok : ExitCode.Failed;
    }
}
