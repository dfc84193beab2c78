using System.Text;
using Sweeper.Client.Commands;
using Sweeper.Client.Connecting;
using Sweeper.Client.Following;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Saving;

/// <summary>
/// <c>best --save</c>: a trial's weights are not kept, so the winner is trained once more, as a sweep of one trial that goes when the
/// folder is whole. A trial repeats bit for bit, and the hash that the store has with its result proves that it did.
/// </summary>
/// <param name="call">The command.</param>
/// <param name="folder">Where to; new or empty.</param>
/// <param name="output">Form of what is said at the end.</param>
internal sealed class ModelSaving(CommandCall call, string folder, OutputFormat output)
{
    private Winner? _winner;

    /// <summary>Does it.</summary>
    /// <returns>Exit code.</returns>
    public Task<int> RunAsync(string sweep, CancellationToken stop)
    {
        ISweepDisplay display = SweepRun.Display(call, output);
        return new SweepSession(call, display, keep: false).RunAsync(
            async connection =>
            {
                _winner = Winner.Of(await CommandCall.AboutAsync(connection, sweep, client => client.GetGrain<IResultsGrain>(0).GetAsync(sweep), stop));
                SweepSpec again = SpecOverrides.Checked(_winner.ToRunAgain());
                display.Notice($"The weights of {_winner.TrialName} are trained again, as {again.Name}; the first time it took {HumanText.Duration(_winner.Trial.Run!.Seconds)}.");
                SubmitResult result = await ConsoleTrace.SubmitAsync(
                    again, call.Options.Otlp(call.Parse), () => connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(again.Name).SubmitAsync(again, by: ChangeVerb.By), stop));
                if (result.Status != SubmitStatus.AlreadyEnded)
                {
                    SweepRun.Announce(result, again, display);
                }

                return again;
            },
            (connection, again, _) => FinishAsync(connection, _winner!, again.Name, stop), // begin has set it
            stop);
    }

    private async Task<int> FinishAsync(ClusterConnection connection, Winner winner, string again, CancellationToken stop)
    {
        SweepResults results = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetAsync(again), stop);
        if (results.Trials.FirstOrDefault(trial => trial is { Score: not null, Run: not null }) is not { } trial)
        {
            SweepReport.Write(call.Terminal.Out, results, null, []);
            return ExitCode.Failed;
        }

        var key = new JobKey(again, JobKind.Trial, trial.Number);
        SafetensorsContent model = await ModelDownload.ReadAsync(connection, key, trial.Run!.Worker, stop);
        byte[]? script = results.Spec.Model.Script is null ? null : await ModelDownload.ReadScriptAsync(connection, key, trial.Run.Worker, stop);
        var saved = new SavedWinner(winner, trial, model, script);
        if (saved.Hash != trial.Score!.WeightsHash)
        {
            throw new CliException(ExitCode.Failed, $"The weights that came from {trial.Run.Worker} have SHA-256 {saved.Hash}, its run ended with {trial.Score.WeightsHash}: the file is damaged. `sweeper delete {again} --yes`, then run the same command again.");
        }

        SweepAnalysis analysis = await connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).AnalyseAsync(winner.Results.Summary.Name), stop);
        await ModelFolder.WriteAsync(folder, Files(saved, new ModelCard(saved, analysis, call.Clock.GetUtcNow()).Write()), stop);
        Report(saved);
        ControlResult gone = await connection.RepeatAsync(client => client.GetGrain<ISweepGrain>(again).DeleteAsync(), stop);
        if (!gone.Done)
        {
            call.Notice($"The sweep {again} was not deleted: {gone.Message}");
        }

        return ExitCode.Ok;
    }

    private static (string Name, byte[] Content)[] Files(SavedWinner saved, string card) =>
    [
        ("spec.yaml", Text(SpecHead(saved.Winner) + SpecYaml.WriteTrial(saved.Winner.Results.Spec, saved.Winner.Trial))),
        (ModelFolder.Description, ModelJson.Of(saved)),
        ("README.md", Text(card)),
        (ModelFolder.Weights, saved.Model.Bytes),
        .. saved.Script is { } script ? [(ModelFolder.Script, script)] : Array.Empty<(string, byte[])>(),
    ];

    private static string SpecHead(Winner winner) => winner.Trial.Replicate == 1
        ? $"# Trains {winner.TrialName} of {winner.Results.Summary.Name} again.\n"
        : $"# Trains {winner.TrialName} of {winner.Results.Summary.Name} again, as the last of {winner.Trial.Replicate} seeds: it was replicate {winner.Trial.Replicate}.\n";

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private void Report(SavedWinner saved)
    {
        string sweep = saved.Winner.Results.Summary.Name;
        if (output == OutputFormat.Json)
        {
            JsonOutput.Write(call.Terminal, new SavedJson(
                sweep, saved.Winner.TrialName, folder, saved.Hash, saved.Score.WeightsHash, saved.IsProved, saved.Again.Score!.ValidationAccuracy, saved.Again.Score.TestAccuracy));
            return;
        }

        TextWriter writer = call.Terminal.Out.Profile.Out.Writer;
        writer.WriteLine($"Saved {saved.Winner.TrialName} of {sweep} to {folder}: {ModelFolder.Weights} ({HumanText.Bytes(saved.Model.Bytes.Length)}), {(saved.Script is null ? "" : $"{ModelFolder.Script} (TorchScript), ")}{ModelFolder.Description}, spec.yaml, README.md");
        writer.WriteLine($"Weights: sha256 {saved.Hash}. {saved.Proof}");
        string input = saved.Winner.Results.Spec.Data.Set == KnownNames.Table ? "ROWS.csv" : "IMAGE.png";
        string next = $"try it: {HowToRun.Another(call.Parse, "predict", folder, input)}";
        writer.WriteLine($"Test {saved.Winner.Results.Spec.Data.Score.Words()} {HumanText.Percent(saved.Again.Score!.TestAccuracy)}; {next}"); // it has completed
    }
}
