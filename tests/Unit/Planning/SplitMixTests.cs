using CsCheck;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

public sealed class SplitMixTests
{
    [Fact]
    public void NextBits_PublishedSeed_GivesPublishedNumbers()
    {
        // Reference: java.util.SplittableRandom and Vigna's splitmix64.c, seed 1234567.
        var random = new SplitMix(1234567);

        ulong[] numbers = [.. Enumerable.Range(0, 5).Select(_ => random.NextBits())];

        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], numbers);
    }

    [Fact]
    public void NextDouble_AnySeed_StaysInUnitInterval() => Gen.ULong.Sample(seed =>
    {
        var random = new SplitMix(seed);
        for (int draw = 0; draw < 100; draw++)
        {
            double value = random.NextDouble();
            Assert.True(value is >= 0 and < 1);
        }
    });

    [Fact]
    public void NextIndex_AnyCount_StaysBelowIt() => Gen.Select(Gen.ULong, Gen.Int[1, int.MaxValue]).Sample((seed, count) =>
    {
        var random = new SplitMix(seed);
        Assert.InRange(random.NextIndex(count), 0, count - 1);
    });

    [Fact]
    public void NextIndex_ManyDraws_HitsEveryIndexAboutEquallyOften()
    {
        var random = new SplitMix(1);
        int[] hits = new int[8];
        for (int draw = 0; draw < 80_000; draw++)
        {
            hits[random.NextIndex(hits.Length)]++;
        }

        Assert.All(hits, count => Assert.InRange(count, 9_600, 10_400)); // four standard deviations
    }

    [Fact]
    public void TrialSeed_FirstReplicate_IsTheSweepsSeed() => Gen.Int.Sample(seed => Assert.Equal(seed, SplitMix.TrialSeed(seed, 1)));

    [Fact]
    public void TrialSeed_LaterReplicates_DifferFromOneAnotherAndAreNotNegative()
    {
        // Of all four thousand million sweeps, some hundreds have two equal seeds among so many: these are the same each time.
        for (int seed = -1000; seed < 1000; seed++)
        {
            int[] seeds = [.. Enumerable.Range(2, 30).Select(replicate => SplitMix.TrialSeed(seed, replicate))];
            Assert.All(seeds, value => Assert.True(value >= 0));
            Assert.Equal(seeds.Length, seeds.Distinct().Count());
        }
    }
}
