using Sweeper.Training.Data.Shards;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Shards;

public sealed class ShardLayoutTests
{
    [Fact]
    public void Mixed_FilesOfClassAfterClass_GoesIntoShardsOfAllClasses()
    {
        int[][] shards = ShardLayout.Mixed(1000, 100);

        Assert.Equal(Enumerable.Range(0, 1000), shards.SelectMany(shard => shard).Order());
        Assert.All(shards, shard => Assert.Equal(shard.Order(), shard));
        Assert.All(shards, shard => Assert.InRange(shard.Count(file => file < 500), 30, 70)); // the first of two classes
        Assert.Equal(shards, ShardLayout.Mixed(1000, 100));
    }

    [Fact]
    public void InOrder_LastShard_HoldsTheRest() =>
        Assert.Equal([[0, 1, 2], [3, 4, 5], [6]], ShardLayout.InOrder(7, 3));

    [Theory]
    [InlineData(32, 5461)]
    [InlineData(512, 21)]
    public void ImagesOf_Size_FillsAShard(int side, int images) => Assert.Equal(images, ShardLayout.ImagesOf(side, ShardLayout.ShardBytes));
}
