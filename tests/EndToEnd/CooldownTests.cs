using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Honest readings on the way, through the console.</summary>
public sealed class CooldownTests
{
    private const string Line = "training: {epochs: 4}";

    private static string Spec(string name, string training) => $$$"""
        name: {{{name}}}
        seed: 3
        data: {set: synthetic, train_size: 600}
        model: mlp
        {{{training}}}
        search: {space: {max_lr: [0.03, 0.1], batch_size: 20, weight_decay: 1e-4, dropout: 0.1}}
        """;

    [Fact]
    public async Task Run_WithCooldowns_ShowsTheirReadingsAndTrainsTheSameWeights()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("cooled.yaml", Spec("cooled", "training: {epochs: 4, cooldown: {at: [0.5, 0.75], length: 10%}}"));

        Assert.Contains("9.6", await sandbox.OutputAsync("preview", spec), StringComparison.Ordinal); // 2 trials of 4.8 epochs
        await sandbox.OutputAsync("run", sandbox.Write("plain.yaml", Spec("plain", Line)), "--threads", "1");
        await sandbox.OutputAsync("run", spec, "--threads", "1", "--slots", "2");

        Assert.Equal(await HashesAsync(sandbox, "plain"), await HashesAsync(sandbox, "cooled"));
        JsonElement job = await sandbox.JsonAsync("show", "cooled", "T-0001");
        JsonElement[] readings = [.. job.GetProperty("curves").GetProperty("evaluations").EnumerateArray().Where(reading => reading.GetProperty("images").GetString() == "cooldown")];
        Assert.Equal([54, 81], readings.Select(reading => reading.GetProperty("step").GetInt32())); // of 4 x 27
        Assert.All(readings, reading => Assert.InRange(reading.GetProperty("accuracy").GetDouble(), 0.1, 1));
        JsonElement run = job.GetProperty("trial").GetProperty("run");
        Assert.Equal(20 / 27.0, run.GetProperty("cooldown_epochs").GetDouble(), 1e-9); // twice 10 steps
        Assert.Equal(4 + (20 / 27.0), run.GetProperty("epochs").GetDouble(), 1e-9);

        string text = await sandbox.OutputAsync("show", "cooled", "T-0001");
        Assert.Matches(@"if annealed +\d+\.\d+ ?% at step 54, \d+\.\d+ ?% at step 81", text);
        Assert.Contains("0.74 of them for cooldown readings", text, StringComparison.Ordinal);
        string csv = Path.Combine(sandbox.Root, "curves.csv");
        await sandbox.OutputAsync("export", "cooled", "-o", "csv", "--curves", "--to", csv);
        Assert.Equal(4, (await File.ReadAllLinesAsync(csv, TestContext.Current.CancellationToken)).Count(line => line.Contains(",cooldown,", StringComparison.Ordinal)));
        string report = Path.Combine(sandbox.Root, "report.html");
        await sandbox.OutputAsync("report", "cooled", "--out", report);
        Assert.Contains("the same, annealed there", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Contains("Equal, bit for bit.", await sandbox.OutputAsync("verify-resume", spec, "--max-lr", "0.05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BadCooldowns_ListsEveryProblem()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("bad.yaml", Spec("bad", "training: {epochs: 4, cooldown: {at: [0.5, 0.4, 1.5], length: 0.9}}").Replace(
            "train_size: 600", "train_size: 600, validation: 0", StringComparison.Ordinal));

        Ended ended = await sandbox.RunAsync("run", spec);

        BadInput.Assert(ended, "training.cooldown.at[1]", "fractions that fall");
        BadInput.Assert(ended, "training.cooldown.at[2]", "a fraction beyond the run");
        BadInput.Assert(ended, "training.cooldown.length", "a length beyond half the run");
        BadInput.Assert(
            await sandbox.RunAsync("run", sandbox.Write("unread.yaml", Spec("unread", "training: {epochs: 4, cooldown: {at: [0.5]}}").Replace(
                "train_size: 600", "train_size: 600, validation: 0", StringComparison.Ordinal))),
            "needs validation images to measure on",
            "cooldowns without validation images");
    }

    private static async Task<string[]> HashesAsync(Sandbox sandbox, string sweep) =>
    [
        .. (await sandbox.JsonAsync("show", sweep)).GetProperty("trials").EnumerateArray()
            .Select(trial => trial.GetProperty("outcome").GetProperty("score").GetProperty("weights_hash").GetString()!),
    ];
}
