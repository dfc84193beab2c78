using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary><c>best --save</c>: the winner's network in a folder, and that it is the winner's.</summary>
public sealed class SavedModelTests(FashionSweep fashion) : IClassFixture<FashionSweep>
{
    private static readonly string[] Files = ["README.md", "model.json", "model.safetensors", "spec.yaml"];

    private Sandbox Sandbox => fashion.Sandbox;

    [Fact]
    public async Task Save_Winner_WritesTheWeightsWhoseHashTheStoreHasWithItsResult()
    {
        (JsonElement winner, double validation) = await WinnerAsync();
        JsonElement score = winner.GetProperty("outcome").GetProperty("score");
        byte[] weights = await File.ReadAllBytesAsync(Path.Combine(fashion.Model, "model.safetensors"), TestContext.Current.CancellationToken);
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(weights);

        Assert.Equal(Files, Directory.GetFileSystemEntries(fashion.Model).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(fashion.Saved.GetProperty("same_as_trial").GetBoolean());
        Assert.Equal(score.GetProperty("weights_hash").GetString(), Convert.ToHexStringLower(SHA256.HashData(weights.AsSpan(start))));
        Assert.Equal(score.GetProperty("weights_hash").GetString(), fashion.Saved.GetProperty("weights_sha256").GetString());
        Assert.Equal($"T-{winner.GetProperty("number").GetInt32():0000}", fashion.Saved.GetProperty("trial").GetString());
        Assert.Equal(validation, score.GetProperty("validation_accuracy").GetDouble());
    }

    [Fact]
    public async Task Save_Winner_DescribesItForProgramsAndForPeople()
    {
        using var description = JsonDocument.Parse(await TextAsync("model.json"));
        JsonElement model = description.RootElement;
        string card = await TextAsync("README.md");

        Assert.Equal("mlp", model.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(28, model.GetProperty("input").GetProperty("width").GetInt32());
        Assert.Equal("Ankle boot", model.GetProperty("classes")[9].GetString());
        Assert.InRange(model.GetProperty("mean")[0].GetDouble(), 0.2, 0.4);
        Assert.InRange(model.GetProperty("standard_deviation")[0].GetDouble(), 0.2, 0.5);
        Assert.True(model.GetProperty("weights").GetProperty("same_as_trial").GetBoolean());
        Assert.Equal("fashion", model.GetProperty("trial").GetProperty("sweep").GetString());
        foreach (string title in new[] { "Numbers", "Verdict", "Configuration", "Data", "How it was trained", "Use", "Limits" })
        {
            Assert.Contains($"\n## {title}\n\n", card, StringComparison.Ordinal);
        }

        Assert.Contains("(this one)", card, StringComparison.Ordinal);
        Assert.Contains("mean of 2", card, StringComparison.Ordinal);
        Assert.Contains("own, bit for bit", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_Spec_TrainsTheSameWeightsAgainElsewhere()
    {
        await using var other = new Sandbox();
        string spec = other.Write("spec.yaml", await TextAsync("spec.yaml"));

        JsonElement again = JsonOf(await other.OutputAsync("run", spec, "--threads", "1", "-o", "json"));

        JsonElement last = again.GetProperty("trials").EnumerateArray().Last();
        Assert.Equal(
            fashion.Saved.GetProperty("weights_sha256").GetString(),
            last.GetProperty("outcome").GetProperty("score").GetProperty("weights_hash").GetString());
    }

    [Fact]
    public async Task Save_Done_LeavesNoOtherSweepBehind()
    {
        JsonElement sweeps = await Sandbox.JsonAsync("list");

        Assert.DoesNotContain(sweeps.EnumerateArray(), sweep => sweep.GetProperty("name").GetString()!.EndsWith("-weights", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(Sandbox.Data, "checkpoints", "fashion-weights")));
    }

    [Fact]
    public async Task Save_FolderThatHoldsSomething_IsRefusedUnlessItIsEmpty()
    {
        Sandbox.Write("full/note.txt", "mine");
        Directory.CreateDirectory(Path.Combine(Sandbox.Root, "empty"));

        BadInput.Assert(await Sandbox.RunAsync("best", "fashion", "--save", Sandbox.In("full")), "is not empty", "a folder with a file");
        BadInput.Assert(await Sandbox.RunAsync("best", "fashion", "--save", Sandbox.In("full/note.txt")), "is a file", "a file for a folder");
        string said = await Sandbox.OutputAsync("best", "fashion", "--save", Sandbox.In("empty"));

        Assert.Contains("own, bit for bit", said, StringComparison.Ordinal);
        Assert.Equal(Files, Directory.GetFileSystemEntries(Path.Combine(Sandbox.Root, "empty")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["note.txt"], Directory.GetFileSystemEntries(Path.Combine(Sandbox.Root, "full")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Save_NothingToSave_IsToldAndNoFolderIsMade()
    {
        await Sandbox.OutputAsync("submit", Sandbox.Write("long.yaml", Specs.Trials("long", 1, epochs: 50_000)));
        await Sandbox.OutputAsync("cancel", "long");

        Ended none = await Sandbox.RunAsync("best", "long", "--save", Sandbox.In("nothing"));
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("No trial of 'long' has finished yet.", none.Error, StringComparison.Ordinal);
        BadInput.Assert(await Sandbox.RunAsync("best", "fashio", "--save", Sandbox.In("nothing")), "Did you mean 'fashion'?", "no such sweep");
        BadInput.Assert(await Sandbox.RunAsync("best", "fashion", "--as", "pytorch", "--save", Sandbox.In("nothing")), "--save and --as", "two forms at once");
        Assert.False(Directory.Exists(Path.Combine(Sandbox.Root, "nothing")));
    }

    private Task<string> TextAsync(string file) => File.ReadAllTextAsync(Path.Combine(fashion.Model, file), TestContext.Current.CancellationToken);

    private static JsonElement JsonOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The trial of the best configuration with the best validation accuracy, and that accuracy.</summary>
    private async Task<(JsonElement Trial, double Validation)> WinnerAsync()
    {
        JsonElement sweep = await Sandbox.JsonAsync("show", "fashion");
        int[] numbers = [.. sweep.GetProperty("leaderboard")[0].GetProperty("trials").EnumerateArray().Select(number => number.GetInt32())];
        JsonElement best = sweep.GetProperty("trials").EnumerateArray().Where(trial => numbers.Contains(trial.GetProperty("number").GetInt32())).MaxBy(Validation);
        return (best, Validation(best));

        static double Validation(JsonElement trial) => trial.GetProperty("outcome").GetProperty("score").GetProperty("validation_accuracy").GetDouble();
    }
}
