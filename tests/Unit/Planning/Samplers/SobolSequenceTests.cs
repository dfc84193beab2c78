using CsCheck;
using Sweeper.Grains.Planning.Samplers;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Samplers;

public sealed class SobolSequenceTests
{
    [Fact]
    public void Bits_FirstPoints_AreThePublishedOnes()
    {
        // Reference: scipy 1.10.1, scipy.stats.qmc.Sobol(5, scramble=False).random(8).
        double[][] expected =
        [
            [0, 0, 0, 0, 0],
            [0.5, 0.5, 0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25, 0.25, 0.75],
            [0.25, 0.75, 0.75, 0.75, 0.25],
            [0.375, 0.375, 0.625, 0.875, 0.375],
            [0.875, 0.875, 0.125, 0.375, 0.875],
            [0.625, 0.125, 0.875, 0.625, 0.625],
            [0.125, 0.625, 0.375, 0.125, 0.125],
        ];

        for (uint index = 0; index < expected.Length; index++)
        {
            Assert.Equal(expected[index], Enumerable.Range(0, 5).Select(dimension => SobolSequence.Bits(index, dimension) / Math.Pow(2, 32)));
        }
    }

    [Fact]
    public void Coordinate_EveryDimension_PutsOnePointIntoEachInterval() => Gen.ULong.Sample(
        seed =>
        {
            for (int dimension = 0; dimension < SobolSequence.MostDimensions; dimension++)
            {
                int[] cells = [.. Enumerable.Range(0, 64).Select(index => (int)(64 * SobolSequence.Coordinate((uint)index, dimension, seed)))];
                Assert.Equal(64, cells.Distinct().Count());
            }
        },
        iter: 20);

    [Fact]
    public void Coordinate_FirstTwoDimensions_PutsOnePointIntoEachElementaryRectangle() => Gen.ULong.Sample(
        seed =>
        {
            for (int split = 0; split <= 6; split++)
            {
                int rows = 1 << split;
                int columns = 64 / rows;
                var cells = Enumerable.Range(0, 64).Select(index => (
                    (int)(rows * SobolSequence.Coordinate((uint)index, 0, seed)),
                    (int)(columns * SobolSequence.Coordinate((uint)index, 1, seed))));
                Assert.Equal(64, cells.Distinct().Count());
            }
        },
        iter: 20);

    [Fact]
    public void Coordinate_PastTheTable_StaysInUnitInterval()
    {
        double[] unit = SobolSampler.Unit(3, SobolSequence.MostDimensions + 20, 1);

        Assert.All(unit, coordinate => Assert.InRange(coordinate, double.Epsilon, 1 - 1e-12));
        Assert.Equal(unit.Length, unit.Distinct().Count());
    }
}
