using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Sweeps over a user's own data, through the console.</summary>
public sealed class OwnDataTests
{
    private const string Spec = """
        name: own
        seed: 3
        data: DATA
        model: MODEL
        training: {epochs: 4}
        search: {space: {max_lr: [0.03, 0.1], batch_size: 20, weight_decay: 1e-4, dropout: 0}}
        """;

    [Fact]
    public async Task Run_NumpyArrays_LearnsThemAndKeepsTheirHash()
    {
        await using var sandbox = new Sandbox();
        NpzFiles.Write(Path.Combine(sandbox.Root, "own.npz"), count: 400, labels: 400);

        await sandbox.OutputAsync("run", Write(sandbox, "{set: arrays, path: own.npz}"), "--keep", "--threads", "1");

        JsonElement[] trials = await TrialsAsync(sandbox);
        JsonElement check = await sandbox.JsonAsync("data", "verify", "arrays", "--path", Path.Combine(sandbox.Root, "own.npz"));
        Assert.Equal(2, trials.Length);
        Assert.All(trials, trial => Assert.True(Accuracy(trial) > 0.6, trial.ToString())); // chance is a quarter
        Assert.All(trials, trial => Assert.Equal(64, trial.GetProperty("run").GetProperty("data_hash").GetString()!.Length));
        Assert.Equal((320, 80, 4), (check.GetProperty("train_images").GetInt32(), check.GetProperty("test_images").GetInt32(), check.GetProperty("classes").GetInt32()));
    }

    [Fact]
    public async Task Run_BadArrays_ExitsWith2AndKeepsNothing()
    {
        await using var sandbox = new Sandbox();
        string path = Path.Combine(sandbox.Root, "own.npz");
        NpzFiles.Write(path, count: 40, labels: 39);

        BadInput.Assert(await sandbox.RunAsync("run", Write(sandbox, "{set: arrays, path: own.npz}"), "--keep"), "y: it has 39 labels for the 40 images of", "a label too few");
        BadInput.Assert(await sandbox.RunAsync("show", "own"), "There is no sweep named 'own'", "nothing was stored");

        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, whole[..^20], TestContext.Current.CancellationToken);
        BadInput.Assert(await sandbox.RunAsync("run", Write(sandbox, "{set: arrays, path: own.npz}")), "own.npz: this is no .npz archive, or one that is damaged or cut off", "half an archive");
        BadInput.Assert(await sandbox.RunAsync("run", Write(sandbox, "arrays")), "data.path", "no path");
    }

    [Fact]
    public async Task Run_Csv_LearnsItsRows()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("own.csv", Csv(400));
        string spec = Write(sandbox, "{set: table, path: own.csv, target: species}");
        await sandbox.OutputAsync("validate", spec);

        await sandbox.OutputAsync("run", spec, "--keep", "--threads", "1");

        JsonElement[] trials = await TrialsAsync(sandbox);
        JsonElement check = await sandbox.JsonAsync("data", "verify", "table", "--path", Path.Combine(sandbox.Root, "own.csv"), "--target", "species");
        string list = await sandbox.OutputAsync("data", "list");
        Assert.Equal(2, trials.Length);
        Assert.All(trials, trial => Assert.True(Accuracy(trial) > 0.6, trial.ToString())); // chance is a third
        Assert.Single(trials.Select(trial => trial.GetProperty("run").GetProperty("data_hash").GetString()).Distinct());
        Assert.Equal($"{Path.Combine(sandbox.Root, "own.csv")}: numbers in petal; words in colour (2 words)", check.GetProperty("notes").GetString());
        Assert.Equal((320, 80, 3), (check.GetProperty("train_images").GetInt32(), check.GetProperty("test_images").GetInt32(), check.GetProperty("classes").GetInt32()));
        Assert.Contains("yours: data.path says where", list, StringComparison.Ordinal);
        Assert.Matches("try it: .*predict .*ROWS.csv", (await sandbox.OutputAsync("best", "own", "--save", Path.Combine(sandbox.Root, "winner"))).ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task Run_BadTable_ExitsWith2AndKeepsNothing()
    {
        await using var sandbox = new Sandbox();
        sandbox.Write("own.csv", Csv(100) + "12,red,\n");

        BadInput.Assert(await sandbox.RunAsync("run", Write(sandbox, "{set: table, path: own.csv, target: species}"), "--keep"), "the target 'species' is missing in line 102", "a row without its class");
        BadInput.Assert(await sandbox.RunAsync("run", Write(sandbox, "{set: table, path: own.csv, target: specie}")), "there is no column 'specie'; did you mean 'species'?", "a column that is not there");
        BadInput.Assert(await sandbox.RunAsync("run", Write(sandbox, "{set: table, path: own.csv, target: species, test_path: none.csv}")), "none.csv: there is no such file", "a test file that is not there");
        BadInput.Assert(await sandbox.RunAsync("validate", Write(sandbox, "{set: table, path: no.csv, target: species, test_path: none.csv}")), "data.test_path", "files that are not there, without a silo");
        BadInput.Assert(await sandbox.RunAsync("show", "own"), "There is no sweep named 'own'", "nothing was stored");
        BadInput.Assert(await sandbox.RunAsync("run", Write(sandbox, "{set: table, path: own.csv, target: species}", "lenet")), "is for images, table has rows; use mlp, or a set of images", "a model for images");
    }

    [Fact]
    public async Task Run_FolderWithDamagedImages_IsRefusedWithAllOfThemOrCountsWhatItSkips()
    {
        await using var sandbox = new Sandbox();
        for (int i = 0; i < 60; i++)
        {
            byte[] png = Pictures.Png([.. Enumerable.Repeat((byte)(i % 2 == 0 ? 220 : 30), 64)], 8);
            string path = Path.Combine(sandbox.Root, "pictures", i % 2 == 0 ? "bright" : "dark", $"{i:00}.png");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it has one
            await File.WriteAllBytesAsync(path, i is 7 or 12 ? png[..40] : png, TestContext.Current.CancellationToken);
        }

        const string Data = "{set: image-folder, path: pictures, image_size: 8";
        Ended refused = await sandbox.RunAsync("run", Write(sandbox, Data + "}"), "--keep");
        string output = await sandbox.OutputAsync("run", Write(sandbox, Data + ", damaged_files: skip}"), "--threads", "1");

        BadInput.Assert(refused, "2 of 60 files cannot be used (data.damaged_files: skip leaves such files out).", "two damaged files");
        Assert.Matches("12.png: .*07.png: ", refused.Error.ReplaceLineEndings(" "));
        Assert.Contains("Leaderboard", output, StringComparison.Ordinal);
        Assert.All(await TrialsAsync(sandbox), trial => Assert.Equal(2, trial.GetProperty("run").GetProperty("skipped_files").GetInt32()));
        Assert.Contains("(2 damaged files were skipped)", await sandbox.OutputAsync("show", "own", "T-0001"), StringComparison.Ordinal);
    }

    private static string Csv(int rows)
    {
        var random = new Random(3);
        return "petal,colour,species\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{(i % 3 * 4) + (2 * random.NextDouble()):0.00},{(random.Next(4) == 0 ? "red" : "blue")},{(i % 3) switch { 0 => "setosa", 1 => "virginica", _ => "versicolor" }}\n")));
    }

    private static string Write(Sandbox sandbox, string data, string model = "mlp") => sandbox.Write(
        "own.yaml", Spec.Replace("DATA", data, StringComparison.Ordinal).Replace("MODEL", model, StringComparison.Ordinal));

    private static async Task<JsonElement[]> TrialsAsync(Sandbox sandbox) =>
        [.. (await sandbox.JsonAsync("show", "own")).GetProperty("trials").EnumerateArray()];

    private static double Accuracy(JsonElement trial) =>
        trial.GetProperty("outcome").GetProperty("score").GetProperty("test_accuracy").GetDouble();
}
