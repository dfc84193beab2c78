using CsCheck;
using Sweeper.Grains.Planning.Samplers;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Samplers;

public sealed class UnitAxisTests
{
    [Fact]
    public void ValueAt_UnitOfAValue_GivesTheValueBack() => Gen.Double[0, 1].Sample(unit =>
    {
        foreach (Dimension dimension in Spaces.Everything.Dimensions)
        {
            double value = UnitAxis.ValueAt(dimension, unit);

            Assert.Equal(value, UnitAxis.ValueAt(dimension, UnitAxis.UnitOf(dimension, value)), 1e-9);
        }
    });

    [Fact]
    public void ValueAt_CoordinateInTheCellOfAValue_GivesTheValue() => Gen.Select(Gen.Double[0, 1], Gen.Double[0.01, 0.99]).Sample((unit, within) =>
    {
        foreach (Dimension dimension in Spaces.Everything.Dimensions.Where(dimension => dimension is not Dimension.Real))
        {
            double value = UnitAxis.ValueAt(dimension, unit);
            (double low, double high) = UnitAxis.CellOf(dimension, value);

            Assert.Equal(value, UnitAxis.ValueAt(dimension, double.Lerp(low, high, within)));
        }
    });

    [Fact]
    public void ValueAt_Ends_AreTheBounds()
    {
        Assert.Equal(1e-5, UnitAxis.ValueAt(Spaces.Everything.Dimensions[0], 0));
        Assert.Equal(1, UnitAxis.ValueAt(Spaces.Everything.Dimensions[0], 1));
        Assert.Equal(1024, UnitAxis.ValueAt(Spaces.Everything.Dimensions[3], 2));
        Assert.Equal(32, UnitAxis.ValueAt(Spaces.Everything.Dimensions[4], -1));
    }

    [Fact]
    public void ValueAt_BoundsThatAreEqual_GiveTheBound()
    {
        Assert.Equal(3, UnitAxis.ValueAt(new Dimension.Real("x", 3, 3, Log: true), UnitAxis.UnitOf(new Dimension.Real("x", 3, 3, Log: true), 3)));
        Assert.Equal(3, UnitAxis.ValueAt(new Dimension.Integer("x", 3, 3), UnitAxis.UnitOf(new Dimension.Integer("x", 3, 3), 3)));
    }
}
