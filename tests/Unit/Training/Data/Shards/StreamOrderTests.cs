using Sweeper.Training.Data.Shards;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Shards;

public sealed class StreamOrderTests
{
    private static readonly int[][] Shards = [.. Enumerable.Range(0, 50).Chunk(5)];

    [Fact]
    public void Draw_AnySeed_VisitsEveryImageOnce()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            StreamOrder order = StreamOrder.Draw(Shards, 15, seed);

            Assert.Equal(Enumerable.Range(0, 50), order.Images.Order());
            Assert.Equal([0, 15, 30, 45, 50], order.Starts);
        }
    }

    [Fact]
    public void Draw_OfAWindow_MixesItsShardsAndNoOthers()
    {
        StreamOrder order = StreamOrder.Draw(Shards, 15, 3);

        int[][] shardsOf = [.. order.Starts.Zip(order.Starts.Skip(1), (start, end) => order.Images[start..end].Select(image => image / 5).ToArray())];
        Assert.Equal([3, 3, 3, 1], shardsOf.Select(window => window.Distinct().Count()));
        Assert.Equal(Enumerable.Range(0, 10), shardsOf.SelectMany(window => window.Distinct()).Order());
        Assert.NotEqual(Enumerable.Range(0, 10), shardsOf.SelectMany(window => window.Distinct())); // shards at random
        Assert.Contains(shardsOf, window => window.Zip(window.Skip(1)).Count(pair => pair.First != pair.Second) > 3); // images of several by turns
    }

    [Fact]
    public void Draw_SameSeed_IsTheSameOrderAndAnotherIsAnother()
    {
        Assert.Equal(StreamOrder.Draw(Shards, 15, 1).Images, StreamOrder.Draw(Shards, 15, 1).Images);
        Assert.NotEqual(StreamOrder.Draw(Shards, 15, 1).Images, StreamOrder.Draw(Shards, 15, 2).Images);
    }

    [Fact]
    public void WindowOf_EveryPlace_IsTheWindowThatHoldsIt()
    {
        StreamOrder order = StreamOrder.Draw(Shards, 15, 1);

        Assert.All(Enumerable.Range(0, 50), place => Assert.Equal(place / 15, order.WindowOf(place)));
    }
}
