using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Readings along one cycle of one trial, in order of their fractions.</summary>
/// <param name="Trial">Number of the trial, from 1.</param>
/// <param name="Readings">Readings; fractions strictly rising.</param>
internal sealed record CycleCurve(int Trial, ImmutableArray<CycleReading> Readings)
{
    /// <summary>Accuracy at the end of the cycle, the only reading of an annealed network; null before it.</summary>
    public double? Final => Readings is [.., { Fraction: >= 1 } last] ? last.Accuracy : null;

    /// <summary>Accuracy at a fraction of the cycle, straight between the readings around it; null outside of them.</summary>
    /// <param name="fraction">Fraction of the cycle, in (0, 1].</param>
    public double? At(double fraction)
    {
        int after = 0;
        while (after < Readings.Length && Readings[after].Fraction < fraction - Tolerance)
        {
            after++;
        }

        if (after == Readings.Length)
        {
            return null;
        }

        CycleReading next = Readings[after];
        if (next.Fraction <= fraction + Tolerance)
        {
            return next.Accuracy;
        }

        if (after == 0)
        {
            return null;
        }

        CycleReading last = Readings[after - 1];
        return double.Lerp(last.Accuracy, next.Accuracy, (fraction - last.Fraction) / (next.Fraction - last.Fraction));
    }

    /// <summary>Fractions closer than this are one: batch sizes that do not divide the images put the same epoch a few steps apart.</summary>
    public const double Tolerance = 1e-3;
}
