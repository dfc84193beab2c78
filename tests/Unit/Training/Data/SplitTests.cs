using CsCheck;
using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class SplitTests
{
    private static readonly Gen<int[]> Labels = Gen.Int[0, 6].Array[20, 300];

    [Fact]
    public void Create_AnyLabels_PartsThemWithoutLossInProportion() =>
        Gen.Select(Labels, Gen.Double[0, 0.5], Gen.Long).Sample((labels, fraction, seed) =>
        {
            Split split = Split.Create(labels, fraction, seed);

            Assert.Equal(Enumerable.Range(0, labels.Length), split.Train.Concat(split.Validation).Order());
            Assert.Equal(fraction == 0, split.Validation.IsEmpty);
            IGrouping<int, int>[] groups = [.. labels.GroupBy(label => label)];
            foreach (IGrouping<int, int> group in groups)
            {
                double fair = (double)group.Count() * split.Validation.Length / labels.Length;
                double off = Off(groups.Length, (double)group.Count() / labels.Length);
                Assert.InRange(split.Validation.Count(i => labels[i] == group.Key), fair - off, fair + off);
            }
        }, iter: 200);

    [Fact]
    public void Create_BalancedLabels_HoldsOutExactlyAsManyOfEach()
    {
        int[] labels = [.. Enumerable.Range(0, 1000).Select(i => i % 10)];

        Split split = Split.Create(labels, 0.1, seed: 3);

        Assert.Equal(100, split.Validation.Length);
        Assert.All(split.Validation.GroupBy(i => labels[i]), group => Assert.Equal(10, group.Count()));
        Assert.Equal(split.Validation.Order(), split.Validation);
    }

    [Fact]
    public void Create_SeedDecides()
    {
        int[] labels = [.. Enumerable.Range(0, 1000).Select(i => i % 10)];

        Assert.Equal(Split.Create(labels, 0.1, 3).Validation, Split.Create(labels, 0.1, 3).Validation);
        Assert.NotEqual(Split.Create(labels, 0.1, 3).Validation, Split.Create(labels, 0.1, 4).Validation);
    }

    [Fact]
    public void Limited_AnyLabels_AreNestedBalancedAndHoldTheSameOut() =>
        Gen.Select(Labels, Gen.Double[0, 0.5], Gen.Long, Gen.Double[0, 1], Gen.Double[0, 1]).Sample((labels, fraction, seed, first, second) =>
        {
            Split whole = Split.Create(labels, fraction, seed);
            int more = 1 + (int)(Math.Max(first, second) * (whole.Train.Length - 1));
            int fewer = 1 + (int)(Math.Min(first, second) * (whole.Train.Length - 1));

            Split large = whole.Limited(labels, more, seed);
            Split small = whole.Limited(labels, fewer, seed);

            Assert.Equal((more, fewer), (large.Train.Length, small.Train.Length));
            Assert.Subset(whole.Train.ToHashSet(), large.Train.ToHashSet());
            Assert.Subset(large.Train.ToHashSet(), small.Train.ToHashSet());
            Assert.Equal(whole.Validation, small.Validation);
            Assert.Equal(small.Train.Order(), small.Train);
            IGrouping<int, int>[] groups = [.. whole.Train.GroupBy(i => labels[i])];
            foreach (IGrouping<int, int> group in groups)
            {
                double fair = (double)group.Count() * fewer / whole.Train.Length;
                double off = Off(groups.Length, (double)group.Count() / whole.Train.Length);
                Assert.InRange(small.Train.Count(i => labels[i] == group.Key), fair - off, fair + off);
            }
        }, iter: 200);

    [Fact]
    public void Limited_ToAllOrToMoreThanThereAre_IsTheSameOrRefused()
    {
        int[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 10)];
        Split split = Split.Create(labels, 0.1, 3);

        Assert.Same(split, split.Limited(labels, null, 3));
        Assert.Same(split, split.Limited(labels, 90, 3));
        Assert.Contains("ask for 1 to 90", Assert.Throws<ArgumentOutOfRangeException>(() => split.Limited(labels, 91, 3)).Message, StringComparison.Ordinal);
        Assert.NotEqual(split.Limited(labels, 30, 3).Train, split.Limited(labels, 30, 4).Train);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.51)]
    [InlineData(double.NaN)]
    public void Create_BadFraction_Throws(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Create([0, 1, 0, 1], fraction));

    [Fact]
    public void Create_NothingLeftToTrainOn_Throws() =>
        Assert.Throws<ArgumentException>(() => Split.Create([0], 0.5));

    /// <summary>How far a class may be off, as <see cref="StratifiedOrder"/> says; a little more for rounding.</summary>
    private static double Off(int classes, double share) => ((1 + (classes * share)) / 2) + 0.01;
}
