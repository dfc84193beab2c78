using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>A folder of images that stays on disk, through the console.</summary>
public sealed class StreamingTests
{
    private const string Spec = """
        name: NAME
        seed: 3
        data: {set: image-folder, path: pictures, image_size: 8, STREAMING}
        model: mlp
        training: {epochs: 4}
        search: {space: {max_lr: [0.03, 0.1], batch_size: 20, weight_decay: 1e-4, dropout: 0}}
        """;

    [Fact]
    public async Task Run_StreamedFolder_LearnsItResumesBitForBitAndIsTheSameData()
    {
        await using var sandbox = new Sandbox();
        var random = new Random(4);
        for (int i = 0; i < 200; i++)
        {
            byte[] pixels = [.. Enumerable.Range(0, 64).Select(_ => (byte)(random.Next(90) + (i % 2 == 0 ? 110 : 0)))];
            string path = Path.Combine(sandbox.Root, "pictures", i % 2 == 0 ? "bright" : "dark", $"{i:000}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it has one
            await File.WriteAllBytesAsync(path, Pictures.Png(pixels, 8), TestContext.Current.CancellationToken);
        }

        string streamed = Write(sandbox, "streamed", "streaming: true");
        await sandbox.OutputAsync("run", streamed, "--keep", "--threads", "1");
        await sandbox.OutputAsync("run", Write(sandbox, "held", "streaming: false"), "--keep", "--threads", "1");
        await sandbox.OutputAsync("run", Write(sandbox, "again", "streaming: true"), "--keep", "--threads", "1");
        JsonElement resumed = await sandbox.JsonAsync("verify-resume", streamed, "--epochs", "2");
        JsonElement verified = await sandbox.JsonAsync("data", "verify", "image-folder", "--path", Path.Combine(sandbox.Root, "pictures"), "--streaming");

        JsonElement[] onDisk = await TrialsAsync(sandbox, "streamed");
        JsonElement[] inMemory = await TrialsAsync(sandbox, "held");
        Assert.All(onDisk, trial => Assert.True(Accuracy(trial) > 0.9, trial.ToString())); // chance is a half
        Assert.Equal(2, onDisk.Length);
        Assert.Equal(Hash(inMemory[0]), Assert.Single(onDisk.Select(Hash).Distinct()));
        Assert.All(inMemory, trial => Assert.Null(TakenFrom(trial))); // those on disk were trained in another order
        Assert.All(await TrialsAsync(sandbox, "again"), trial => Assert.Equal("streamed", TakenFrom(trial)));
        Assert.True(resumed.GetProperty("equal").GetBoolean());
        Assert.Equal((160, 40, 2), (verified.GetProperty("train_images").GetInt32(), verified.GetProperty("test_images").GetInt32(), verified.GetProperty("classes").GetInt32()));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(sandbox.Data, "datasets", "shards")).Length); // of two image sizes
    }

    private static string Write(Sandbox sandbox, string name, string streaming) => sandbox.Write(
        name + ".yaml", Spec.Replace("NAME", name, StringComparison.Ordinal).Replace("STREAMING", streaming, StringComparison.Ordinal));

    private static async Task<JsonElement[]> TrialsAsync(Sandbox sandbox, string name) =>
        [.. (await sandbox.JsonAsync("show", name)).GetProperty("trials").EnumerateArray()];

    private static double Accuracy(JsonElement trial) => trial.GetProperty("outcome").GetProperty("score").GetProperty("test_accuracy").GetDouble();

    private static string Hash(JsonElement trial) => trial.GetProperty("run").GetProperty("data_hash").GetString()!; // of a trial that has run

    private static string? TakenFrom(JsonElement trial) => trial.GetProperty("run").GetProperty("reused_from") is { ValueKind: JsonValueKind.Object } from
        ? from.GetProperty("sweep").GetString()
        : null;
}
