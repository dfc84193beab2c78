namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// One-sided prediction bound for a straight line by the jackknife+ (Barber, Candès, Ramdas and Tibshirani, Annals of
/// Statistics 2021, arXiv:1905.02928): every point is predicted by the line through the others, and the new point must be
/// extreme among the lines and residuals of all. Holds for exchangeable points whatever their distribution, with probability
/// at least 1 - 2 alpha, in practice near 1 - alpha.
/// </summary>
internal static class JackknifePlus
{
    /// <summary>Bound below which the value at <paramref name="x"/> lies with probability about alpha; minus infinity with fewer than 1/alpha - 1 points.</summary>
    /// <param name="xs">What is predicted from.</param>
    /// <param name="ys">What is predicted; as many.</param>
    /// <param name="x">Where.</param>
    /// <param name="alpha">Probability of a value below, in (0, 0.5).</param>
    public static double LowerBound(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double x, double alpha)
    {
        int count = xs.Length;
        int place = (int)Math.Floor((alpha * (count + 1)) + 1e-9);
        if (place < 1 || count < 3)
        {
            return double.NegativeInfinity;
        }

        double[] candidates = new double[count];
        for (int i = 0; i < count; i++)
        {
            Line others = Line.Through(xs, ys, without: i);
            candidates[i] = others.At(x) + (ys[i] - others.At(xs[i]));
        }

        Array.Sort(candidates);
        return candidates[place - 1];
    }
}

/// <summary>Straight line of least squares.</summary>
/// <param name="Level">Value at zero.</param>
/// <param name="Slope">Rise for one unit.</param>
internal readonly record struct Line(double Level, double Slope)
{
    /// <summary>Line through points; level through their mean where all lie at one place.</summary>
    /// <param name="xs">Places.</param>
    /// <param name="ys">Values; as many.</param>
    /// <param name="without">Point that is left out; -1: none.</param>
    public static Line Through(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, int without = -1)
    {
        int count = without < 0 ? xs.Length : xs.Length - 1;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            if (i != without)
            {
                meanX += xs[i] / count;
                meanY += ys[i] / count;
            }
        }

        double xy = 0;
        double xx = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            if (i != without)
            {
                xy += (xs[i] - meanX) * (ys[i] - meanY);
                xx += (xs[i] - meanX) * (xs[i] - meanX);
            }
        }

        double slope = xx > 1e-12 ? xy / xx : 0;
        return new Line(meanY - (slope * meanX), slope);
    }

    /// <summary>Value at a place.</summary>
    public double At(double x) => Level + (Slope * x);
}
