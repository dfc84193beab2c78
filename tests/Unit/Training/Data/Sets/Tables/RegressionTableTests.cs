using System.Runtime.InteropServices;
using System.Text;
using Sweeper.Training.Data;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Tables;

public sealed class RegressionTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Load_Numbers_AreScaledByTheTrainingRows()
    {
        string train = Csv("train.csv", "x,price\n1,10.5\n2,20.5\n3,30.5\n");
        string test = Csv("test.csv", "x,price\n4,20.5\n5,1000\n");

        using ImageData data = Load(train, test, "price");

        double deviation = Math.Sqrt(200.0 / 3);
        Assert.Equal(("price", 20.5), (data.Target!.Name, data.Target.Mean));
        Assert.Equal(deviation, data.Target.Deviation, 9);
        Assert.Equal((1, true), (data.Task.Outputs, data.Task.IsRegression));
        Assert.Empty(data.Classes);
        Assert.Equal([(float)(-10 / deviation), 0, (float)(10 / deviation)], Values(data.TrainLabels));
        Assert.Equal([0, (float)(979.5 / deviation)], Values(data.TestLabels));
        Assert.Equal(1000, data.Target.FromNetwork(Values(data.TestLabels)[1]), 1e-3);
    }

    [Fact]
    public void Load_OneFile_SetsAFifthOfEachTenthOfTheNumbersAside()
    {
        string path = Csv("own.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"{i},{(i * 37 % 100) + 0.5}\n"))));

        using ImageData data = Load(path);
        using ImageData again = Load(path);

        Assert.Equal((80, 20), (data.TrainCount, data.TestCount));
        Assert.Equal(Enumerable.Repeat(8, 10), Enumerable.Range(0, 10).Select(tenth => data.TrainTargets.Count(label => label == tenth)));
        Assert.Equal(data.ContentHash, again.ContentHash);
        double[] test = [.. Values(data.TestLabels).Select(value => data.Target!.FromNetwork(value)).Order()];
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(test[2 * tenth], 10 * tenth, (10 * tenth) + 10)); // small and large ones alike
    }

    [Fact]
    public void Load_AnotherNumber_HasAnotherHash()
    {
        string one = Csv("one.csv", "x,y\n1,1.5\n2,2.5\n3,9.5\n");
        string other = Csv("other.csv", "x,y\n1,1.5\n2,2.5\n3,9.25\n");
        string test = Csv("test.csv", "x,y\n1,2\n");

        using ImageData first = Load(one, test);
        using ImageData second = Load(other, test);

        Assert.NotEqual(first.ContentHash, second.ContentHash);
    }

    [Theory]
    [InlineData("x,y\n1,2\n2,cheap\n", "the target 'y' holds 'cheap' in line 3; task regression predicts numbers")]
    [InlineData("x,y\n1,2\n2,\n", "the target 'y' is missing in line 3")]
    [InlineData("x,y\n1,2\n2,2\n", "the target 'y' is 2 in every training row; there is nothing to predict")]
    [InlineData("x,z\n1,2\n2,3\n", "there is no column 'y'")]
    public void Load_ATargetWithoutNumbers_SaysWhereAndWhatWouldBeRight(string text, string message)
    {
        string path = Csv("own.csv", text);

        DataSetException error = Assert.Throws<DataSetException>(() => Load(path, path));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FractionsAsClasses_NamesTheTask()
    {
        string path = Csv("own.csv", "x,y\n1,2.5\n2,3\n");

        DataSetException error = Assert.Throws<DataSetException>(() => DataCatalog.Load(
            new DataOptions { Set = "table", Path = path, Target = "y", TestPath = path }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("set data.task: regression", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ImageData Load(string path, string? test = null, string target = "y") => DataCatalog.Load(
        new DataOptions { Set = "table", Path = path, Target = target, Regression = true, TestPath = test },
        SharedData.Nowhere,
        cancellationToken: TestContext.Current.CancellationToken);

    private static float[] Values(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.contiguous().bytes).ToArray();

    private string Csv(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
