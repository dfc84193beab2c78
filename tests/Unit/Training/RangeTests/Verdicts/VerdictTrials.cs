using Sweeper.Grains.Planning;
using Sweeper.Training.RangeTests;

namespace Sweeper.Tests.Unit.Training.RangeTests.Verdicts;

/// <summary>
/// Range tests drawn from the published bands, as a user's would be: every run equally often, each band off by what another
/// seed would change, each reading ragged and taken on a sample of images. The same seed gives the same curves, whatever the
/// bounds.
/// </summary>
internal sealed record VerdictTrials
{
    /// <summary>
    /// Standard deviation of a single reading about its band, relative to its accuracy: at rates of 1 to 3 the authors' 1cycle log
    /// reads 77, 76, 75, 81, 77 and 84% a thousand steps apart (arXiv:1708.07120, figure 1a).
    /// </summary>
    private const double Raggedness = 0.04;

    private const double UsualRate = 0.1;

    /// <summary>Curves.</summary>
    public int Curves { get; init; } = VerdictError.Curves;

    /// <summary>Readings along the ramp.</summary>
    public int Points { get; init; } = 50;

    /// <summary>Held-out images of each reading.</summary>
    public int Images { get; init; } = 1000;

    /// <summary>Factor on the deviations of bands and readings; 1: as published.</summary>
    public double Noise { get; init; } = 1;

    /// <summary>What counts as flat and as collapsed.</summary>
    public VerdictBounds Bounds { get; init; } = VerdictBounds.Default;

    /// <summary>Seed.</summary>
    public ulong Seed { get; init; } = 1708;

    /// <summary>Draws the curves and judges them.</summary>
    public VerdictTally Run()
    {
        var random = new SplitMix(Seed);
        VerdictTally tally = new(default, default);
        for (int curve = 0; curve < Curves; curve++)
        {
            PublishedBands run = PublishedBands.All[curve % PublishedBands.All.Length];
            SuperConvergenceVerdict verdict = Judge(run, run.Means, ref random);
            tally = run.IsFlat ? tally with { Flat = tally.Flat.With(verdict) } : tally with { Collapsed = tally.Collapsed.With(verdict) };
        }

        return tally;
    }

    /// <summary>Verdicts on curves that fall as the counter-example does, but only as deep as gives this R without noise.</summary>
    /// <param name="flatness">R; in (0.35, 1].</param>
    public VerdictCounts RunAt(double flatness)
    {
        PublishedBands counter = PublishedBands.All[^1];
        (double shallow, double deep) = (0, 1);
        for (int halving = 0; halving < 40; halving++)
        {
            double depth = (shallow + deep) / 2;
            (shallow, deep) = Flatness(counter, Fall(depth)) > flatness ? (depth, deep) : (shallow, depth);
        }

        var random = new SplitMix(Seed);
        VerdictCounts counts = default;
        for (int curve = 0; curve < Curves; curve++)
        {
            counts = counts.With(Judge(counter, Fall(shallow), ref random));
        }

        return counts;
    }

    // ResNet-56's accuracy, with this part of the counter-example's fall.
    private static double[] Fall(double depth)
    {
        const double Best = 0.77;
        PublishedBands counter = PublishedBands.All[^1];
        double peak = counter.Means.Max();
        int at = counter.Means.IndexOf(peak);
        return [.. counter.Means.Select((mean, band) => band <= at ? Best * mean / peak : Best * (1 - (depth * (1 - (mean / peak)))))];
    }

    private double Flatness(PublishedBands run, IReadOnlyList<double> means) =>
        SmithRule.Read(RangeTestCurves.OfAccuracy(run.Highest, Points, rate => run.At(rate, means)), run.Classes, UsualRate).Flatness!.Value;

    private SuperConvergenceVerdict Judge(PublishedBands run, IReadOnlyList<double> means, ref SplitMix random)
    {
        double[] bands = new double[means.Count];
        for (int band = 0; band < bands.Length; band++)
        {
            bands[band] = means[band] * (1 + (Noise * PublishedBands.Deviation * Normal(ref random)));
        }

        double[] readings = new double[Points];
        for (int point = 0; point < Points; point++)
        {
            double expected = run.At(run.Highest * point / Points, bands) * (1 + (Noise * Raggedness * Normal(ref random)));
            double accuracy = Math.Clamp(expected, 0.01, 0.99);
            double right = (accuracy * Images) + (Math.Sqrt(accuracy * (1 - accuracy) * Images) * Normal(ref random)); // binomial, near enough
            readings[point] = Math.Clamp(Math.Round(right), 0, Images) / Images;
        }

        RangeTestCurve curve = RangeTestCurves.OfAccuracy(
            run.Highest, Points, rate => readings[(int)Math.Round(rate / run.Highest * Points)]);
        return SmithRule.Read(curve, run.Classes, UsualRate, Bounds).Verdict;
    }

    private static double Normal(ref SplitMix random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
