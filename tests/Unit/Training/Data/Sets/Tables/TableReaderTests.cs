using System.Globalization;
using System.Text;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Tables;

public sealed class TableReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Load_TrainingAndTestFile_ScalesNumbersAndSplitsWordsByTheTrainingRows()
    {
        string train = Csv("train.csv", "width,kind,species\n1,red,a\n3,blue,b\n5,red,a\n,,b\n");
        string test = Csv("test.csv", "species,kind,width\nb,green,3\na,blue,\n");

        using ImageData data = Load(train, testPath: test);

        Assert.Equal(["a", "b"], data.Classes);
        Assert.Equal(ImageShape.RowOf(3), data.Shape);
        Assert.Equal([4, 1, 1, 3], data.TrainImages.shape);
        Assert.Equal([0, 1, 0, 1], data.TrainTargets);
        // Mean 3 and deviation sqrt(8/3) of 1, 3, 5; the missing one counts as 3. Then blue, red.
        float one = (float)(2 / Math.Sqrt(8.0 / 3));
        Assert.Equal([-one, 0, 1, 0, 1, 0, one, 0, 1, 0, 0, 0], Values(data.TrainImages));
        Assert.Equal([0, 0, 0, 0, 1, 0], Values(data.TestImages)); // an unknown word, a missing number
        Assert.Equal([1L, 0L], data.TestLabels.data<long>().ToArray());
    }

    [Fact]
    public void Load_UnitScaling_PutsTheTrainingRowsBetween0And1()
    {
        string train = Csv("train.csv", "x,y\n10,a\n20,b\n30,a\n");
        string test = Csv("test.csv", "x,y\n40,a\n");

        using ImageData data = Load(train, "y", test, scaling: PixelScaling.Unit);

        Assert.Equal([0, 0.5f, 1], Values(data.TrainImages));
        Assert.Equal([1.5f], Values(data.TestImages));
    }

    [Fact]
    public void Load_ThroughTheSources_GivesTheFeaturesAsTheyAreAndLeavesThemAlone()
    {
        using ImageData data = Load(Rows("own.csv", 50));
        float[] before = Values(data.TrainImages);
        using BatchSource batches = new(data, [0, 1, 2], batchSize: 3, Augmentation.None, seed: 1);
        using EvaluationSource evaluation = EvaluationSource.OfTest(data, 4);

        using (TorchSharp.torch.NewDisposeScope())
        {
            Assert.Equal(before[..(3 * data.Shape.Width)].Order(), Values(batches.Next().Images).Order());
            Assert.Equal(Values(data.TestImages)[..(4 * data.Shape.Width)], Values(evaluation.Read(0).Images));
        }

        Assert.Equal(before, Values(data.TrainImages));
        Assert.Throws<ArgumentException>(() => new BatchSource(data, [0], 1, new Augmentation { Flip = true }, 1));
    }

    [Fact]
    public void Load_OneFile_SetsAFifthOfEachClassAsideBySeed()
    {
        string path = Rows("own.csv", 50);

        using ImageData first = Load(path, seed: 1);
        using ImageData again = Load(path, seed: 1);
        using ImageData other = Load(path, seed: 2);

        Assert.Equal((40, 10), (first.TrainCount, first.TestCount));
        Assert.Equal(20, first.TrainTargets.Count(label => label == 0));
        Assert.Equal(first.ContentHash, again.ContentHash);
        Assert.NotEqual(first.ContentHash, other.ContentHash);
        Assert.Equal(0, Values(first.TrainImages).Where((_, i) => i % first.Shape.Width == 0).Average(), 4); // of the training rows alone
    }

    [Fact]
    public void Load_TrainSize_ScalesByTheRowsThatAreKept()
    {
        string path = Rows("own.csv", 50);

        using ImageData data = DataCatalog.Load(Options(path) with { TrainSize = 10 }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((10, 10), (data.TrainCount, data.TestCount));
        Assert.Equal(0, Values(data.TrainImages).Where((_, i) => i % data.Shape.Width == 0).Average(), 5);
    }

    [Theory]
    [InlineData("x;species\n1;a\n2;b\n")]
    [InlineData("x\tspecies\n1\ta\n2\tb\n")]
    [InlineData("x|species\r\n1|a\r\n2|b")]
    [InlineData("\uFEFFx,species\n1,a\n\n2,b\n\n")]
    [InlineData("\"x\",\"species\"\n\"1\",\"a\"\n\" 2 \",\"b\"\n")]
    public void Load_SeparatorsQuotesAndLineEnds_AreTold(string text)
    {
        string path = Csv("own.csv", text);

        using ImageData data = Load(path, testPath: path);

        Assert.Equal(["a", "b"], data.Classes);
        Assert.Equal([-1, 1], Values(data.TrainImages));
    }

    [Fact]
    public void Load_QuotedCells_MayHoldSeparatorsQuotesAndLineEnds()
    {
        string path = Csv("own.csv", "x,species\n1,\"a, \"\"b\"\"\"\n2,\"two\nlines\"\n");

        using ImageData data = Load(path, testPath: path);

        Assert.Equal(["a, \"b\"", "two\nlines"], data.Classes);
    }

    [Theory]
    [InlineData("10,9,9.0,1e1", "9,10")]
    [InlineData("b,a,B,a", "B,a,b")]
    [InlineData("true,false,true,false", "false,true")]
    public void Load_Classes_AreNumbersInOrderOrWordsByTheAlphabet(string cells, string classes)
    {
        string path = Csv("own.csv", "x,species\n" + string.Concat(cells.Split(',').Select((cell, i) => FormattableString.Invariant($"{i},{cell}\n"))));

        using ImageData data = Load(path, testPath: path);

        Assert.Equal(classes.Split(','), data.Classes);
    }

    [Fact]
    public void Check_Models_OnlyTheOnesForRowsTakeATable()
    {
        ImageShape rows = ImageShape.RowOf(5000);

        Assert.Empty(ModelCatalog.Check(new ModelOptions { Name = "mlp" }, rows, 3));
        Assert.All(ModelCatalog.Names.Where(name => name != "mlp"), name => Assert.Equal(
            [$"{name} is for images, these data are a table's rows of 5000 features; use model mlp, or a set of images"],
            ModelCatalog.Check(new ModelOptions { Name = name }, rows, 3)));
        Assert.Equal("5000 features", rows.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private static float[] Values(TorchSharp.torch.Tensor tensor) => tensor.data<float>().ToArray();

    private static DataOptions Options(string path) => new() { Set = "table", Path = path, Target = "species" };

    private static ImageData Load(string path, string target = "species", string? testPath = null, long seed = 0, PixelScaling scaling = PixelScaling.Standard) => DataCatalog.Load(
        Options(path) with { Target = target, TestPath = testPath, Seed = seed, Scaling = scaling },
        SharedData.Nowhere,
        cancellationToken: TestContext.Current.CancellationToken);

    private string Csv(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));

    private string Rows(string name, int count) => Csv(name, "x,kind,species\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{i * i / 7.0},{"rgb"[i % 3]},{"ab"[i % 2]}\n"))));
}
