using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary><c>predict</c>: a saved network on files.</summary>
public sealed class PredictTests(FashionSweep fashion) : IClassFixture<FashionSweep>
{
    private Sandbox Sandbox => fashion.Sandbox;

    [Fact]
    public async Task Predict_TestImagesOfTheDataSet_ReachesTheAccuracyThatTheTrialMeasured()
    {
        byte[] labels = FashionSweep.TestLabels();

        JsonElement found = await Sandbox.JsonAsync("predict", fashion.Model, FashionSweep.TestImages);

        string[] classes = [.. found.GetProperty("classes").EnumerateArray().Select(name => name.GetString()!)];
        JsonElement[] images = [.. found.GetProperty("images").EnumerateArray()];
        Assert.Equal(labels.Length, images.Length);
        double right = images.Zip(labels).Count(pair => ClassOf(pair.First) == classes[pair.Second]);
        Assert.Equal(fashion.Saved.GetProperty("test_accuracy").GetDouble(), right / images.Length, 9);
        Assert.True(right / images.Length > 0.5, $"{right} of {images.Length}; chance is a tenth");
        Assert.All(images, image => Assert.Equal(1, image.GetProperty("probabilities").EnumerateArray().Sum(value => value.GetDouble()), 4));
    }

    [Fact]
    public async Task Predict_PicturesOfTheSameImages_GivesTheSameClasses()
    {
        string[] files = [.. Enumerable.Range(0, 5).Select(index => Path.Combine(Sandbox.Root, $"{index}.png"))];
        for (int index = 0; index < files.Length; index++)
        {
            await File.WriteAllBytesAsync(files[index], Pictures.Png(FashionSweep.TestImage(index), 28), TestContext.Current.CancellationToken);
        }

        JsonElement pictures = (await Sandbox.JsonAsync(["predict", fashion.Model, .. files])).GetProperty("images");
        JsonElement originals = (await Sandbox.JsonAsync("predict", fashion.Model, FashionSweep.TestImages)).GetProperty("images");

        Assert.Equal(files, pictures.EnumerateArray().Select(image => image.GetProperty("file").GetString()));
        Assert.Equal(
            originals.EnumerateArray().Take(5).Select(image => image.GetProperty("probability").GetDouble()),
            pictures.EnumerateArray().Select(image => image.GetProperty("probability").GetDouble()),
            (one, other) => Math.Abs(one - other) < 1e-5);
        string table = await Sandbox.OutputAsync("predict", fashion.Model, files[0]);
        Assert.Contains(ClassOf(originals[0]), table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_LargerPicture_IsResized()
    {
        byte[] small = FashionSweep.TestImage(0);
        byte[] large = [.. Enumerable.Range(0, 56 * 56).Select(pixel => small[(pixel / 112 * 28) + (pixel % 56 / 2)])];
        await File.WriteAllBytesAsync(Path.Combine(Sandbox.Root, "large.png"), Pictures.Png(large, 56), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(Sandbox.Root, "small.png"), Pictures.Png(small, 28), TestContext.Current.CancellationToken);

        JsonElement found = (await Sandbox.JsonAsync("predict", fashion.Model, Sandbox.In("large.png"), Sandbox.In("small.png"))).GetProperty("images");

        Assert.Equal(ClassOf(found[1]), ClassOf(found[0]));
    }

    [Fact]
    public async Task Predict_DataDirectoryWithoutASweep_Works()
    {
        await using var empty = new Sandbox();

        JsonElement found = await empty.JsonAsync("predict", fashion.Model, FashionSweep.TestImages);

        Assert.NotEmpty(found.GetProperty("images").EnumerateArray());
    }

    [Fact]
    public async Task Predict_BadFiles_NamesEachAndWritesNothing()
    {
        Sandbox.Write("text.png", "no picture");
        IdxFiles.Write(Path.Combine(Sandbox.Root, "idx"), side: 16);
        byte[] whole = Pictures.Png(FashionSweep.TestImage(0), 28);
        await File.WriteAllBytesAsync(Path.Combine(Sandbox.Root, "cut.png"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(Sandbox.Root, "good.png"), whole, TestContext.Current.CancellationToken);

        Ended bad = await Sandbox.RunAsync(
            ["predict", fashion.Model, .. new[] { "good.png", "text.png", "cut.png", "missing.png", "idx/t10k-images-idx3-ubyte", "idx/t10k-labels-idx1-ubyte", "idx" }.Select(Sandbox.In)]);

        BadInput.Assert(bad, "6 files of 7 cannot be used", "bad files");
        foreach (string line in new[]
        {
            "text.png: not a readable", "cut.png: ", "missing.png: there is no such file", "t10k-images-idx3-ubyte: ", "1x16x16", "these are labels", "idx: it is a folder",
        })
        {
            Assert.Contains(line, bad.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Predict_FolderWithoutAGoodModel_IsRefused()
    {
        string weights = Path.Combine(fashion.Model, "model.safetensors");
        Sandbox.Write("bad/model.safetensors", "");
        await File.WriteAllBytesAsync(
            Path.Combine(Sandbox.Root, "bad", "model.safetensors"), (await File.ReadAllBytesAsync(weights, TestContext.Current.CancellationToken))[..^4], TestContext.Current.CancellationToken);

        BadInput.Assert(await Sandbox.RunAsync("predict", Sandbox.In("bad"), FashionSweep.TestImages), "model.safetensors cannot be used", "a model that is cut off");
        BadInput.Assert(await Sandbox.RunAsync("predict", Sandbox.In("nowhere"), FashionSweep.TestImages), "nowhere holds no saved model", "a folder that is not there");
    }

    private static string ClassOf(JsonElement image) => image.GetProperty("class").GetString()!;
}
