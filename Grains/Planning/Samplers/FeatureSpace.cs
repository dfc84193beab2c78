using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Points as vectors for a Gaussian process: the unit coordinates of ordered dimensions, and for a choice one indicator per
/// option, so that two different options are equally far apart. An inactive dimension lies in the middle (a choice: at no
/// option), where it makes no difference between two points that both lack it.
/// </summary>
/// <param name="space">Space.</param>
internal sealed class FeatureSpace(SampleSpace space)
{
    /// <summary>Half the square of an indicator's size: two different options are then 1 apart, the width of the unit cube.</summary>
    private static readonly double Indicator = Math.Sqrt(0.5);

    /// <summary>Features of a point.</summary>
    public double[] Of(Point point)
    {
        var features = ImmutableArray.CreateBuilder<double>();
        for (int index = 0; index < space.Size; index++)
        {
            if (space.Dimensions[index] is Dimension.Choice choice)
            {
                for (int option = 0; option < choice.Options.Length; option++)
                {
                    features.Add(point[index].Equals(option) ? Indicator : 0);
                }
            }
            else
            {
                features.Add(point.IsActive(index) ? UnitAxis.UnitOf(space.Dimensions[index], point[index]) : 0.5);
            }
        }

        return [.. features];
    }
}
