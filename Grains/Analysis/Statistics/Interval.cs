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
}
