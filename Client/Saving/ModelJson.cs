using System.Text.Json;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Saving;

/// <summary><c>model.json</c>: what it takes to use the weights, and where they come from.</summary>
internal static class ModelJson
{
    private const int Format = 1;

    /// <summary>The file's content.</summary>
    public static byte[] Of(SavedWinner saved)
    {
        JsonObject all = saved.Model.Info(); // network, input, classes, scaling, data set, versions
        all.Insert(0, "format", Format);
        RunInfo run = saved.Winner.Trial.Run!;
        all["weights"] = Node(new
        {
            File = ModelFolder.Weights,
            Sha256 = saved.Hash,
            TrialSha256 = saved.Score.WeightsHash,
            SameAsTrial = saved.IsProved,
        });
        all["trial"] = Node(new
        {
            Sweep = saved.Winner.Results.Summary.Name,
            Name = saved.Winner.TrialName,
            saved.Winner.Trial.Configuration,
            saved.Winner.Trial.Replicate,
            saved.Winner.Trial.Seed,
            saved.Score.ValidationAccuracy,
            saved.Score.TestAccuracy,
            saved.Score.ValidationMetrics,
            saved.Score.TestMetrics,
            run.Device,
            run.Versions,
            run.DataHash,
            run.TrainImages,
            run.Parameters,
        });
        all["repetition"] = Node(new
        {
            saved.Again.Score!.ValidationAccuracy,
            saved.Again.Score.TestAccuracy,
            saved.Again.Run!.Device,
            saved.Again.Run.Versions,
        });
        return [.. JsonSerializer.SerializeToUtf8Bytes(all, ResultsJson.Indented), (byte)'\n'];
    }

    private static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, ResultsJson.Indented);
}
