using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>The largest batch that fits, found by trying.</summary>
public sealed class LargestBatchTests
{
    private const string Spec = """
        name: largest
        data: synthetic
        model: mlp
        training: {epochs: 20}
        search:
          space: {max_lr: 0.05, batch_size: {largest: 3}}
        """;

    [Fact]
    public async Task Run_LargestBatchAndItsHalves_AreFoundBeforeAnythingIsTrainedAndSaid()
    {
        await using var sandbox = new Sandbox();
        string[] command = ["run", sandbox.Write("largest.yaml", Spec), "--threads", "1", "--slots", "1"];

        string preview = await sandbox.OutputAsync("preview", command[1], "--measure");
        string output = await sandbox.OutputAsync(command);

        // 1,800 images over 20 epochs: 360 images to a step leave a hundred steps.
        Assert.Contains("largest batch on CPU (1 thread): 256 (a run of 20 epochs of 1,800 images is to have 100 steps)", preview.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("largest batch on CPU (1 thread): 256", output, StringComparison.Ordinal);
        JsonElement show = await sandbox.JsonAsync("show", "largest");
        Assert.Equal([64, 128, 256], show.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("configuration").GetProperty("batch_size").GetInt32()).Order());
        Assert.Contains("largest batch on", await sandbox.OutputAsync("show", "largest"), StringComparison.Ordinal);
        Ended again = await sandbox.RunAsync(command);
        Assert.Contains("already ended with the same spec", again.Out + again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoMemoryAtAll_IsRefusedWithTheFigures()
    {
        await using var sandbox = new Sandbox();

        Ended end = await sandbox.RunAsync("run", sandbox.Write("largest.yaml", Spec), "--threads", "1", "--slots", "1", "--memory", "0.000001");

        BadInput.Assert(end, "search.space.batch_size: No batch size was found: not even one image can be trained on CPU (1 thread): 1 took", "a device without memory");
        Assert.Equal(2, (await sandbox.RunAsync("show", "largest")).ExitCode); // nothing was stored
    }

    [Theory]
    [InlineData("batch_size: {largest: 0}", "search.space.batch_size.largest: must be in [1, 16]")]
    [InlineData("batch_size: {largest: 2, points: 3}", "search.space.batch_size.points: has no effect beside largest")]
    [InlineData("dropout: largest", "search.space.dropout: only batch_size can be the largest that fits")]
    [InlineData("batch_size: largest, dropout: {values: [0, 0.1], when: {batch_size: 32}}", "search.space.dropout.when.batch_size: is found by trying")]
    public async Task Validate_LargestWhereItMakesNoSense_SaysSo(string space, string expected)
    {
        await using var sandbox = new Sandbox();
        string spec = Spec.Replace("batch_size: {largest: 3}", space, StringComparison.Ordinal);

        BadInput.Assert(await sandbox.RunAsync("validate", sandbox.Write("bad.yaml", spec)), expected, space);
    }
}
