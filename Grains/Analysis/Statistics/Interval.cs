namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>A confidence interval.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end; at least <paramref name="Lower"/>.</param>
internal readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>Whether it includes <paramref name="value"/>, its ends counted.</summary>
    public bool Includes(double value) => Lower <= value && value <= Upper;

    /// <summary>The same interval, made long enough to hold <paramref name="estimate"/>: a percentile interval of a biased statistic need not.</summary>
    public Interval Around(double estimate) => new(Math.Min(Lower, estimate), Math.Max(Upper, estimate));

    /// <summary>
    /// The interval as far to either side of <paramref name="estimate"/> as its longer side: for the best of several, which
    /// resamples can only lower, one side is no measure.
    /// </summary>
    public Interval Symmetric(double estimate)
    {
        double reach = Math.Max(estimate - Lower, Upper - estimate);
        return new Interval(estimate - reach, estimate + reach);
    }
}
