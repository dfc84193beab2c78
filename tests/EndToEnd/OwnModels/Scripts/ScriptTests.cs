using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.OwnModels.Scripts;

/// <summary>TorchScript files as models, through the console. tiny.pt was made by make_tiny.py.</summary>
public sealed class ScriptTests
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Tiny = Repository.PathOf("tests", "EndToEnd", "OwnModels", "Scripts", "tiny.pt");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_FileBesideTheSpec_IsTrainedSavedAndUsed()
    {
        await using var sandbox = new Sandbox();
        File.Copy(Tiny, Path.Combine(sandbox.Root, "model.pt"));
        string spec = Write(sandbox, "scripted", "dropout: [0, 0.2]", "epochs: 4");
        string folder = Path.Combine(sandbox.Root, "winner");
        string image = Path.Combine(sandbox.Root, "white.png");
        await File.WriteAllBytesAsync(image, Pictures.Png(new byte[28 * 28], 28), Stop);

        string valid = await sandbox.OutputAsync("validate", spec);
        await sandbox.OutputAsync("run", spec, "--threads", "1");
        string saved = await sandbox.OutputAsync("best", "scripted", "--save", folder, "--threads", "1");
        string seen = await sandbox.OutputAsync("predict", folder, image);
        File.Delete(Path.Combine(sandbox.Root, "model.pt"));
        string alone = await sandbox.OutputAsync("predict", folder, image);
        await File.WriteAllTextAsync(Path.Combine(folder, "model.pt"), "none", Stop);
        Ended damaged = await sandbox.RunAsync("predict", folder, image);

        Assert.Contains("698 parameters", valid, StringComparison.Ordinal);
        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "scripted")).GetProperty("trials").EnumerateArray()];
        Assert.Equal(2, trials.Length);
        Assert.All(trials, trial => Assert.True(Score(trial).GetProperty("test_accuracy").GetDouble() > 0.3, trial.ToString())); // chance is a tenth
        Assert.NotEqual(Hash(trials[0]), Hash(trials[1]));
        Assert.Contains("own, bit for bit", saved.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("model.pt (TorchScript)", saved.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("torch.jit.load", await File.ReadAllTextAsync(Path.Combine(folder, "README.md"), Stop), StringComparison.Ordinal);
        Assert.Contains("white.png", seen, StringComparison.Ordinal);
        Assert.Equal(seen, alone); // the folder is enough
        BadInput.Assert(damaged, "model.pt is no TorchScript file, or it is damaged", "a damaged network");
    }

    [Fact]
    public async Task Run_Again_TakesResultsOverUntilTheFileOrInitChanges()
    {
        await using var sandbox = new Sandbox();
        string model = Path.Combine(sandbox.Root, "model.pt");
        File.Copy(Tiny, model);
        await sandbox.OutputAsync("run", Write(sandbox, "first"), "--threads", "1");
        await sandbox.OutputAsync("run", Write(sandbox, "second"), "--threads", "1");
        await sandbox.OutputAsync("run", Write(sandbox, "tuned", init: ", init: from_file"), "--threads", "1");
        byte[] content = await File.ReadAllBytesAsync(model, Stop);
        await File.WriteAllBytesAsync(model, [.. content, 0], Stop); // after the archive's end: another content, the same network
        Ended changed = await sandbox.RunAsync("run", Write(sandbox, "first"), "--threads", "1");

        Assert.Equal(JsonValueKind.Object, (await TrialAsync(sandbox, "second")).GetProperty("run").GetProperty("reused_from").ValueKind);
        JsonElement tuned = await TrialAsync(sandbox, "tuned");
        Assert.Equal(JsonValueKind.Null, tuned.GetProperty("run").GetProperty("reused_from").ValueKind);
        Assert.NotEqual(Hash(await TrialAsync(sandbox, "first")), Hash(tuned));
        Assert.True(changed.ExitCode == 2, changed.ToString());
        Assert.Contains("model.script_sha256", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_FilesThatCannotBeTrained_SaysWhy()
    {
        await using var sandbox = new Sandbox();
        string missing = Write(sandbox, "missing");
        BadInput.Assert(await sandbox.RunAsync("validate", missing), "model.script: there is no file", "missing");
        await File.WriteAllTextAsync(Path.Combine(sandbox.Root, "model.pt"), "weights", Stop);
        BadInput.Assert(await sandbox.RunAsync("validate", Write(sandbox, "text")), "is no TorchScript file, or it is damaged", "text");
        File.Copy(Tiny, Path.Combine(sandbox.Root, "model.pt"), overwrite: true);
        BadInput.Assert(await sandbox.RunAsync("validate", Write(sandbox, "drawn", init: ", init: kaiming_normal")), "is not for a model.script", "init");
        BadInput.Assert(await sandbox.RunAsync("validate", Write(sandbox, "both", init: ", plugin: my-net")), "model.script", "a plug-in as well");
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -class '*ScriptTests' -explicit on` runs it
    public async Task CtrlC_ThenTheSameCommand_GoesOnToTheSameNumbers()
    {
        await using var quiet = new Sandbox();
        File.Copy(Tiny, Path.Combine(quiet.Root, "model.pt"));
        await quiet.OutputAsync("run", Write(quiet, "sweep", "dropout: [0.1, 0.3]", "epochs: 60"), "--threads", "1", "--slots", "1");
        await using var sandbox = new Sandbox();
        File.Copy(Tiny, Path.Combine(sandbox.Root, "model.pt"));
        string[] command = ["run", Write(sandbox, "sweep", "dropout: [0.1, 0.3]", "epochs: 60"), "--threads", "1", "--slots", "2"];
        SweeperProcess console = sandbox.Start(command);
        await console.SaysAsync("T-0002 started");
        await Task.Delay(500, Stop); // a few steps in
        console.Signal("INT");
        Ended ended = await console.EndAsync(TimeSpan.FromMinutes(1));
        Assert.True(ended.ExitCode == 130, ended.ToString());
        await sandbox.SiloEndsAsync();

        await sandbox.OutputAsync(command);

        Assert.Equal(await Numbers.OfAsync(quiet, "sweep"), await Numbers.OfAsync(sandbox, "sweep")); // one after another, and side by side
        Assert.Contains((await sandbox.JsonAsync("show", "sweep")).GetProperty("trials").EnumerateArray(), trial => trial.GetProperty("run").GetProperty("resumed_from_step").GetInt32() > 0);
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -class '*ScriptTests' -explicit on` runs it
    public async Task Example_MadeByDebiansPyTorch_LoadsThereAfterTrainingWithTheSameOutputs()
    {
        Assert.SkipUnless(ExternalTrainerTests.HasTorch(), $"{Python} here has no torch (Debian: python3-torch): examples/torchscript was NOT run.");
        await using var sandbox = new Sandbox();
        foreach (string name in new[] { "make_model.py", "torchscript.yaml" })
        {
            File.Copy(Repository.PathOf("examples", "torchscript", name), Path.Combine(sandbox.Root, name));
        }

        await PythonAsync(sandbox, "make_model.py");
        await sandbox.OutputAsync("run", Path.Combine(sandbox.Root, "torchscript.yaml"), "--threads", "1", "--set", "training.epochs=2");
        string folder = Path.Combine(sandbox.Root, "winner");
        await sandbox.OutputAsync("best", "torchscript", "--save", folder, "--threads", "1");
        byte[] pixels = [.. Enumerable.Range(0, 28 * 28).Select(i => (byte)(i * 37 % 256))];
        await File.WriteAllBytesAsync(Path.Combine(sandbox.Root, "pixels"), pixels, Stop);
        await File.WriteAllBytesAsync(Path.Combine(sandbox.Root, "image.png"), Pictures.Png(pixels, 28), Stop);
        JsonElement predicted = await sandbox.JsonAsync("predict", folder, Path.Combine(sandbox.Root, "image.png"));
        sandbox.Write("compare.py", """
            import json, torch
            about = json.load(open("winner/model.json"))
            mean, deviation = (torch.tensor(about[key]).view(1, -1, 1, 1) for key in ("mean", "standard_deviation"))
            pixels = torch.tensor(list(open("pixels", "rb").read())).view(1, 1, 28, 28) / 255
            model = torch.jit.load("winner/model.pt")
            with torch.no_grad():
                print(" ".join(str(p) for p in torch.softmax(model((pixels - mean) / deviation), 1)[0].tolist()))
            model.train(); model((pixels - mean) / deviation).sum().backward()  # it trains there, too
            """);

        double[] theirs = [.. (await PythonAsync(sandbox, "compare.py")).Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];

        JsonElement ours = predicted.GetProperty("images")[0].GetProperty("probabilities");
        double[] probabilities = [.. (ours.ValueKind == JsonValueKind.Object ? ours.EnumerateObject().Select(one => one.Value) : ours.EnumerateArray()).Select(value => value.GetDouble())];
        Assert.Equal(10, theirs.Length);
        Assert.All(theirs.Zip(probabilities), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static async Task<string> PythonAsync(Sandbox sandbox, string script)
    {
        using Process python = Process.Start(new ProcessStartInfo(Python, [script]) { WorkingDirectory = sandbox.Root, RedirectStandardOutput = true, RedirectStandardError = true })!; // it is there
        Task<string> errors = python.StandardError.ReadToEndAsync(Stop);
        string output = await python.StandardOutput.ReadToEndAsync(Stop);
        await python.WaitForExitAsync(Stop);
        Assert.True(python.ExitCode == 0, await errors);
        return output.Trim();
    }

    private static string Write(Sandbox sandbox, string name, string dropout = "dropout: 0.1", string length = "epochs: 1", string init = "") => sandbox.Write($"{name}.yaml", $$$"""
        name: {{{name}}}
        seed: 1
        data: synthetic
        model: {name: tiny, script: model.pt{{{init}}}}
        training: {{{{length}}}}
        search: {space: {max_lr: 0.05, batch_size: 64, weight_decay: 1e-4, {{{dropout}}}}}
        """);

    private static async Task<JsonElement> TrialAsync(Sandbox sandbox, string sweep) =>
        Assert.Single((await sandbox.JsonAsync("show", sweep)).GetProperty("trials").EnumerateArray());

    private static JsonElement Score(JsonElement trial) => trial.GetProperty("outcome").GetProperty("score");

    private static string? Hash(JsonElement trial) => Score(trial).GetProperty("weights_hash").GetString();
}
