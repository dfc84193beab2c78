using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.OwnModels;

/// <summary>A plug-in that passes every check and ends the silo's process in training.</summary>
public sealed class CrashingPluginTests
{
    [Fact]
    public async Task Run_ModelThatAbortsInTraining_IsSetAsideAndEverythingElseEndsWell()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddBad();
        string spec = sandbox.Write("crash.yaml", """
            name: crash
            seed: 1
            data: synthetic
            model: {name: aborts-later, plugin: bad, settings: {after: [4, 0]}}
            training: {epochs: 2}
            search: {seeds: 2, space: {max_lr: 0.05, batch_size: 128, weight_decay: 0, dropout: 0}}
            """);
        string other = sandbox.Write("other.yaml", """
            name: other
            seed: 1
            data: synthetic
            model: mlp
            training: {epochs: 20}
            search: {space: {max_lr: [0.01, 0.02], batch_size: 128, weight_decay: 0, dropout: 0}}
            """);
        string[] silo = ["--plugins", plugins.Root, "--threads", "1", "--slots", "2"];

        await sandbox.OutputAsync(["submit", other, .. silo]);
        Ended ended = await sandbox.RunAsync(["run", spec, .. silo]);
        await sandbox.OutputAsync(["run", other, .. silo]);

        TestContext.Current.TestOutputHelper?.WriteLine(ended.ToString());
        Assert.True(ended.ExitCode == 0, ended.ToString());
        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "crash")).GetProperty("trials").EnumerateArray()];
        Assert.Equal(4, trials.Length);
        Assert.All(trials, trial =>
        {
            JsonElement outcome = trial.GetProperty("outcome");
            bool crashes = trial.GetProperty("configuration").GetProperty("model").GetProperty("after").GetInt32() > 0;
            Assert.Equal(crashes ? "failed" : "trained", outcome.GetProperty("kind").GetString());
            if (crashes)
            {
                Assert.Contains("quarantined: 2 silos died while it ran", outcome.GetProperty("error").GetString(), StringComparison.Ordinal);
            }
        });
        Assert.All(
            (await sandbox.JsonAsync("show", "other")).GetProperty("trials").EnumerateArray(),
            trial => Assert.Equal("trained", trial.GetProperty("outcome").GetProperty("kind").GetString()));
    }
}
