using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.OwnModels;

/// <summary>Models of a user's own that do what they should, through the console.</summary>
public sealed class OwnModelTests
{
    private const string Spec = """
        name: NAME
        seed: 1
        data: synthetic
        model: {name: my-net, plugin: PLUGIN, settings: {width: [4, 8], activation: {choice: [relu, gelu]}}}
        training: {epochs: 2}
        search: {space: {max_lr: 0.05, batch_size: 64, weight_decay: 1e-4, dropout: 0.1}}
        """;

    [Fact]
    public async Task Run_ExampleOfTwentyLines_SearchesItsOwnHyperparameters()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddExample();
        string spec = Repository.PathOf("examples", "own-model", "own-model.yaml");

        string valid = await sandbox.OutputAsync("validate", spec, "--plugins", plugins.Root);
        string told = await sandbox.OutputAsync("run", spec, "--plugins", plugins.Root, "--threads", "1", "--set", "training.epochs=1");

        JsonElement[] trials = await TrialsAsync(sandbox, "own-model");
        Assert.Contains("1,946 to 6,186 parameters", valid, StringComparison.Ordinal);
        Assert.Contains("width (a whole number in [4, 512])", valid.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(8, trials.Length);
        Assert.Equal(["gelu 16", "gelu 8", "relu 16", "relu 8"], trials.Select(Setting).Distinct().Order(StringComparer.Ordinal));
        Assert.All(trials, trial => Assert.True(Accuracy(trial) > 0.4, trial.ToString())); // chance is a tenth
        Assert.Contains("activation", told, StringComparison.Ordinal); // a column of the leaderboard
        Assert.Contains("model.width", await sandbox.OutputAsync("export", "own-model", "--to", "-"), StringComparison.Ordinal);
    }

    [Fact]
    public void Example_InTheDocs_IsTheOneThatIsBuiltAndHasAtMostTwentyLines()
    {
        string code = File.ReadAllText(Repository.PathOf("examples", "own-model", "MyNet.cs")).Trim();

        Assert.InRange(code.Split('\n').Length, 5, 20);
        Assert.Contains(code, File.ReadAllText(Repository.PathOf("docs", "own-model.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AgainWithTheSamePlugin_TakesResultsOver_AndWithAChangedOneTrainsAnew()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        string file = plugins.AddExample();
        await RunAsync(sandbox, plugins, "first");
        await RunAsync(sandbox, plugins, "second");
        await using (FileStream end = File.OpenWrite(file))
        {
            end.Seek(0, SeekOrigin.End);
            end.WriteByte(0); // another content; the code in it is the same
        }

        await RunAsync(sandbox, plugins, "third");
        Ended again = await sandbox.RunAsync("run", Write(sandbox, "first", "my-net"), "--plugins", plugins.Root);

        JsonElement[] first = await TrialsAsync(sandbox, "first");
        JsonElement[] second = await TrialsAsync(sandbox, "second");
        JsonElement[] third = await TrialsAsync(sandbox, "third");
        Assert.All(second, trial => Assert.Equal(JsonValueKind.Object, Reused(trial).ValueKind));
        Assert.All(third, trial => Assert.Equal(JsonValueKind.Null, Reused(trial).ValueKind));
        Assert.Equal(first.Select(Hash), third.Select(Hash)); // the numbers follow from seed and settings alone
        Assert.True(again.ExitCode == 2, again.ToString());
        Assert.Contains("model.plugin_sha256", again.Error, StringComparison.Ordinal); // the sweep's plug-in has changed
    }

    [Theory]
    [InlineData("tpe", Explicit = true)] // for its time
    [InlineData("random")]
    public async Task Run_StrategyThatDraws_StaysWithinWhatTheSettingsTake(string strategy)
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddBad();
        string spec = sandbox.Write("drawn.yaml", $$$"""
            name: drawn
            seed: 1
            data: synthetic
            model: {name: sound, plugin: bad, settings: {width: {min: 2, max: 8, step: 2}, scale: {min: 0.5, max: 1.5}, activation: [relu, tanh]}}
            training: {epochs: 1}
            search: {strategy: {{{strategy}}}, trials: 6, space: {max_lr: 0.05, batch_size: 128, weight_decay: 1e-4, dropout: 0}}
            """);

        await sandbox.OutputAsync("run", spec, "--plugins", plugins.Root, "--threads", "1");

        JsonElement[] models = [.. (await TrialsAsync(sandbox, "drawn")).Select(trial => trial.GetProperty("configuration").GetProperty("model"))];
        Assert.Equal(6, models.Length);
        Assert.All(models, model => Assert.Contains(model.GetProperty("width").GetDouble(), new[] { 2.0, 4, 6, 8 }));
        Assert.All(models, model => Assert.InRange(model.GetProperty("scale").GetDouble(), 0.5, 1.5));
        Assert.True(models.Select(model => model.GetProperty("scale").GetDouble()).Distinct().Count() > 3);
        Assert.All(models, model => Assert.Contains(model.GetProperty("activation").GetString(), new[] { "relu", "tanh" }));
    }

    [Fact]
    public async Task Run_ModelOfTheHostsOwnCode_IsTrained()
    {
        await using var sandbox = new Sandbox();
        await using var other = new Sandbox();
        string host = SweeperProcess.Program("OwnHost", "Sweeper.Tests.OwnHost.dll");

        await sandbox.OutputAsync("run", Write(sandbox, "hosted", "host"), "--silo", host, "--threads", "1");
        Ended elsewhere = await other.RunAsync("run", Write(other, "elsewhere", "host"));

        Assert.Equal(4, (await TrialsAsync(sandbox, "hosted")).Length);
        BadInput.Assert(elsewhere, "no model 'my-net' is registered in the code of this silo's program", "a silo without it");
    }

    [Fact]
    public async Task Search_WithinTheCallersProcess_IsStoredAndGoesOn()
    {
        await using var sandbox = new Sandbox();
        string host = SweeperProcess.Program("OwnHost", "Sweeper.Tests.OwnHost");

        Ended first = await HostAsync();
        Ended again = await HostAsync();

        Assert.True(first.ExitCode == 0, first.ToString());
        string[] lines = first.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["0.02: 0.", "0.05: 0."], lines[..2].Select(line => line[..8]).Order(StringComparer.Ordinal));
        Assert.Contains(sandbox.Data, lines[2], StringComparison.Ordinal); // a second silo there is refused
        Assert.Equal(first.Out, again.Out);
        Assert.Null(sandbox.SiloPid());
        Assert.Equal(2, (await sandbox.JsonAsync("show", "within")).GetProperty("trials").GetArrayLength());
        Assert.All((await sandbox.JsonAsync("show", "within")).GetProperty("trials").EnumerateArray(), trial => Assert.Equal(1, trial.GetProperty("attempts").GetInt32()));

        async Task<Ended> HostAsync()
        {
            await using var process = SweeperProcess.Start(sandbox.Root, host, ["search", sandbox.Data]);
            return await process.EndAsync(TimeSpan.FromMinutes(2));
        }
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -class '*OwnModelTests' -explicit on` runs it, and it has passed
    public async Task SavedModel_OfAPlugin_PredictsWhereThePluginIs()
    {
        await using var sandbox = new Sandbox();
        await using var other = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddExample();
        await RunAsync(sandbox, plugins, "saved");
        string folder = Path.Combine(sandbox.Root, "winner");
        string image = Path.Combine(sandbox.Root, "white.png");
        await File.WriteAllBytesAsync(image, Pictures.Png(new byte[28 * 28], 28), TestContext.Current.CancellationToken);

        await sandbox.OutputAsync("best", "saved", "--save", folder, "--plugins", plugins.Root);
        string seen = await sandbox.OutputAsync("predict", folder, image, "--plugins", plugins.Root);
        Ended without = await other.RunAsync("predict", folder, image);

        Assert.Contains("white.png", seen, StringComparison.Ordinal);
        Assert.NotEqual(0, without.ExitCode);
        Assert.Contains("its network is a model of a plug-in", without.Error, StringComparison.Ordinal);
    }

    private static Task<string> RunAsync(Sandbox sandbox, PluginFolder plugins, string name) =>
        sandbox.OutputAsync("run", Write(sandbox, name, "my-net"), "--plugins", plugins.Root, "--threads", "1");

    private static string Write(Sandbox sandbox, string name, string plugin) => sandbox.Write(
        $"{name}.yaml", Spec.Replace("NAME", name, StringComparison.Ordinal).Replace("PLUGIN", plugin, StringComparison.Ordinal));

    private static async Task<JsonElement[]> TrialsAsync(Sandbox sandbox, string sweep) =>
        [.. (await sandbox.JsonAsync("show", sweep)).GetProperty("trials").EnumerateArray()];

    private static string Setting(JsonElement trial)
    {
        JsonElement model = trial.GetProperty("configuration").GetProperty("model");
        return $"{model.GetProperty("activation").GetString()} {model.GetProperty("width").GetInt32()}";
    }

    private static double Accuracy(JsonElement trial) => trial.GetProperty("outcome").GetProperty("score").GetProperty("test_accuracy").GetDouble();

    private static string? Hash(JsonElement trial) => trial.GetProperty("outcome").GetProperty("score").GetProperty("weights_hash").GetString();

    private static JsonElement Reused(JsonElement trial) => trial.GetProperty("run").GetProperty("reused_from");
}
