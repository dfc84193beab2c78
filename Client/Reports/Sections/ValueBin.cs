using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Drawing;

namespace Sweeper.Client.Reports.Sections;

/// <summary>One value of a hyperparameter, or an interval of them where there are too many to name.</summary>
/// <param name="Low">Least value, included.</param>
/// <param name="High">Greatest value, included.</param>
internal sealed record ValueBin(double Low, double High)
{
    private const int MostValues = 8;
    private const int Intervals = 6;

    // Range tests of two cells never suggest quite the same rate.
    private const double NearlyEqual = 1.1;

    /// <summary>As a person reads it.</summary>
    public string Words
    {
        get
        {
            (string low, string high) = (HumanText.Rate(Low, 2), HumanText.Rate(High, 2));
            return Low == High ? HumanText.Rate(Low) : low == high ? low : $"{low}–{high}";
        }
    }

    /// <summary>Bins that hold all values, in rising order, without overlap. Intervals are as tight as what they hold.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="mergeNear">Whether values within a tenth of each other are one.</param>
    public static ImmutableArray<ValueBin> Of(IReadOnlyCollection<double> values, bool mergeNear)
    {
        double[] sorted = [.. values.Distinct().Order()];
        ImmutableArray<ValueBin> near = Near(sorted, mergeNear ? NearlyEqual : 1);
        if (near.Length <= MostValues)
        {
            return near;
        }

        AxisScale scale = AxisScale.Of(sorted);
        return
        [
            .. sorted.GroupBy(value => Math.Min(Intervals - 1, (int)(scale.PlaceOf(value) * Intervals)))
                .OrderBy(group => group.Key)
                .Select(group => new ValueBin(group.Min(), group.Max())),
        ];
    }

    private static ImmutableArray<ValueBin> Near(double[] sorted, double ratio)
    {
        var bins = ImmutableArray.CreateBuilder<ValueBin>();
        foreach (double value in sorted)
        {
            if (bins.Count > 0 && value <= ratio * bins[^1].Low)
            {
                bins[^1] = bins[^1] with { High = value };
            }
            else
            {
                bins.Add(new ValueBin(value, value));
            }
        }

        return bins.ToImmutable();
    }

    /// <summary>Whether a value belongs to it.</summary>
    public bool Holds(double value) => value >= Low && value <= High;
}
