using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class SyntheticImagesTests
{
    private static readonly DataLocations Nowhere = new() { Roots = [], DownloadRoot = "nowhere", AllowDownload = false };

    [Fact]
    public void Load_Synthetic_IsTheSameEveryTime()
    {
        using ImageData first = DataCatalog.Load(new DataOptions { Set = "synthetic" }, Nowhere, cancellationToken: TestContext.Current.CancellationToken);
        using ImageData second = DataCatalog.Load(new DataOptions { Set = "synthetic" }, Nowhere, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(first.ContentHash, second.ContentHash);
        Assert.Equal((2000, 500), (first.TrainCount, first.TestCount));
    }

    [Fact]
    public void Load_TrainSizes_AreNestedAndBalanced()
    {
        using ImageData all = DataCatalog.Load(new DataOptions { Set = "synthetic" }, Nowhere, cancellationToken: TestContext.Current.CancellationToken);
        using ImageData half = DataCatalog.Load(new DataOptions { Set = "synthetic", TrainSize = 1000 }, Nowhere, cancellationToken: TestContext.Current.CancellationToken);
        using ImageData few = DataCatalog.Load(new DataOptions { Set = "synthetic", TrainSize = 100 }, Nowhere, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(few.TrainTargets.GroupBy(label => label), group => Assert.Equal(10, group.Count()));
        Assert.Subset(Images(all), Images(half));
        Assert.Subset(Images(half), Images(few));
        Assert.NotEqual(all.ContentHash, half.ContentHash);
        Assert.Equal(500, few.TestCount);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(2001)]
    public void Load_ImpossibleTrainSize_Throws(int size) =>
        Assert.Throws<DataSetException>(() => DataCatalog.Load(
            new DataOptions { Set = "synthetic", TrainSize = size }, Nowhere, cancellationToken: TestContext.Current.CancellationToken));

    private static HashSet<string> Images(ImageData data) =>
        [.. data.TrainImages.bytes.ToArray().Chunk(28 * 28).Select(Convert.ToHexString)];
}
