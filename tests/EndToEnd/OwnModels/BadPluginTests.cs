using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.OwnModels;

/// <summary>Plug-ins that cannot be used: one clear message, and neither the silo nor another sweep takes harm.</summary>
public sealed class BadPluginTests
{
    private static readonly (string Model, string Message)[] Misbehaving =
    [
        ("throws", "the constructor of Throws failed: InvalidOperationException: no luck today"),
        ("wrong-shape", "the model answers with shape [2, 11] for 2 images of 10 classes; [2, 10] is right"),
        ("loops", "no answer after 8 s and was ended: does it loop? --plugin-seconds gives it longer"),
        ("aborts", "was ended by signal 6 (abort)"),
        ("exits", "ended with exit code 0 and without an answer"),
        ("global-dropout", "in place of torch's Dropout use plan.Dropout()"),
        ("softmax", "the model answers with probabilities, which sum to 1; the loss takes logits: leave the softmax at its end out"),
        ("unseeded", "two networks of one seed have different first weights"),
        ("absent", "plug-in bad has no model 'absent'; it has throws, wrong-shape, loops"),
    ];

    [Fact]
    public async Task Run_ModelsThatMisbehave_AreRefusedAndLeaveSiloAndOtherSweepsAsTheyAre()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddBad();
        string[] silo = ["--plugins", plugins.Root, "--plugin-seconds", "8", "--threads", "1", "--slots", "1"];
        string other = sandbox.Write("other.yaml", """
            name: other
            seed: 1
            data: synthetic
            model: mlp
            training: {epochs: 400}
            search: {space: {max_lr: 0.01, batch_size: 32, weight_decay: 0, dropout: 0}}
            """);
        await sandbox.OutputAsync(["submit", other, .. silo]);
        int? pid = sandbox.SiloPid();

        foreach ((string model, string message) in Misbehaving)
        {
            string spec = Write(sandbox, model, "bad", "");
            BadInput.Assert(await sandbox.RunAsync("run", spec), message, model);
            BadInput.Assert(await sandbox.RunAsync("show", model), $"There is no sweep named '{model}'", "nothing was stored");
        }

        Ended validated = await sandbox.RunAsync("validate", Write(sandbox, "aborts", "bad", ""));
        BadInput.Assert(validated, "was ended by signal 6 (abort)", "validate");
        await sandbox.OutputAsync("run", Write(sandbox, "sound", "bad", ""));
        JsonElement shown = await sandbox.JsonAsync("show", "other");
        Assert.Equal(pid, sandbox.SiloPid());
        JsonElement trial = Assert.Single(shown.GetProperty("trials").EnumerateArray());
        Assert.Equal(1, trial.GetProperty("attempts").GetInt32());
        Assert.Contains(trial.GetProperty("status").GetString(), new[] { "running", "done" });
    }

    [Fact]
    public async Task Validate_FilesThatAreNoPlugins_SaysWhatEachIs()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddOfOtherContract("newer", new Version(9, 0, 0, 0));
        await File.WriteAllTextAsync(Path.Combine(plugins.Root, "text.dll"), "no assembly", TestContext.Current.CancellationToken);
        File.Copy(SweeperProcess.Program("Silo", "Sweeper.Contracts.dll"), Path.Combine(plugins.Root, "other.dll"));
        (string Plugin, string Message)[] bad =
        [
            ("newer", "was built for version 9.0.0.0 of Sweeper.Plugins, this silo has version 1.1.0.0: build it anew for version 1"),
            ("text", "text.dll is no .NET assembly"),
            ("other", "other.dll is no plug-in: it does not refer to Sweeper.Plugins"),
            ("missing", "there is no plug-in missing: neither missing.dll nor missing/missing.dll lies in"),
            ("../newer", "must be name of a plug-in"),
        ];

        foreach ((string plugin, string message) in bad)
        {
            string spec = Write(sandbox, "my-net", plugin, "");
            BadInput.Assert(await sandbox.RunAsync("validate", spec, "--plugins", plugins.Root), message, plugin);
        }

        await using var without = new Sandbox();
        BadInput.Assert(await without.RunAsync("validate", Write(without, "my-net", "my-net", "")), "names a folder of plug-ins with --plugins DIR", "no folder");
        await using var lost = new Sandbox();
        Ended nowhere = await lost.RunAsync("validate", Write(sandbox, "my-net", "my-net", ""), "--plugins", "/nowhere");
        Assert.NotEqual(0, nowhere.ExitCode);
        Assert.Contains("--plugins /nowhere: there is no such folder", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_SettingsThatTheModelDoesNotTake_SaysEveryOne()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddBad();

        Ended values = await sandbox.RunAsync(
            "validate", Write(sandbox, "sound", "bad", "{width: [8, 7.5, 100], depth: 3, activation: [relu, selu], scale: wide}"), "--plugins", plugins.Root);
        Ended interval = await sandbox.RunAsync("validate", Write(sandbox, "sound", "bad", "{width: {min: 2, max: 8, points: 3}}"), "--plugins", plugins.Root);
        Ended builtIn = await sandbox.RunAsync("validate", sandbox.Write("built-in.yaml", "{name: a, data: synthetic, model: {name: mlp, settings: {width: 3}}, training: {epochs: 1}}"));

        foreach (string said in new[]
        {
            "model.settings.width: 7.5 is not a whole number in [1, 64]", "model.settings.width: 100 is not", "model.settings.depth: the model declares no hyperparameter of that name; it declares width",
            "model.settings.activation: selu is not one of relu, tanh", "model.settings.scale: wide is not a number in [0.5, 2]",
        })
        {
            BadInput.Assert(values, said, "values");
        }

        BadInput.Assert(interval, "model.settings.width: takes a whole number in [1, 64], not any number of an interval", "an interval of whole numbers");
        BadInput.Assert(builtIn, "has an effect only with model.plugin", "settings of a built-in model");
    }

    private static string Write(Sandbox sandbox, string model, string plugin, string settings) => sandbox.Write($"{model}.yaml", $$$"""
        name: {{{model}}}
        seed: 1
        data: synthetic
        model: {name: {{{model}}}, plugin: {{{plugin}}}{{{(settings.Length == 0 ? "" : $", settings: {settings}")}}}}
        training: {epochs: 1}
        search: {space: {max_lr: 0.05, batch_size: 128, weight_decay: 1e-4, dropout: 0}}
        """);
}
