using System.Globalization;

namespace Sweeper.Training.RangeTests;

/// <summary>
/// fastai's four suggestions (<c>callback/schedule.py</c>), their arithmetic kept to the letter. Where fastai would
/// fail or answer with an arbitrary point, these answer with a reason.
/// </summary>
internal static class LossRules
{
    private const int SlideWidth = 15;
    private const double SlideThreshold = 0.005;
    private const int ShortestValley = 3;

    /// <summary>A third and a sixth into the longest strictly falling subsequence.</summary>
    public static Suggestion Valley(LossCurve curve)
    {
        (int end, int length) = LongestFall(curve);
        if (length < ShortestValley)
        {
            return TooFewOr(curve, ShortestValley, "the smoothed loss does not fall");
        }

        // fastai takes end − length for the start: one before it where the subsequence has no gaps.
        double third = length / 3.0;
        return At(curve, end - length + (int)third + (int)(third / 2));
    }

    /// <summary>Left edge of a window of 15 points that slides down from the right while the slopes at its edges differ.</summary>
    public static Suggestion Slide(LossCurve curve)
    {
        int right = curve.Count - 1;
        int left = right - SlideWidth;
        if (left < 0)
        {
            return TooFewOr(curve, SlideWidth + 1, "");
        }

        int answer = left;
        while (left >= 0 && Math.Abs(Slope(curve, right) - Slope(curve, left)) > SlideThreshold)
        {
            answer = left;
            right--;
            left--;
        }

        return At(curve, answer);
    }

    /// <summary>A tenth of the rate with the least smoothed loss.</summary>
    public static Suggestion Minimum(LossCurve curve)
    {
        int least = 0;
        for (int i = 1; i < curve.Count; i++)
        {
            least = curve.Losses[i] < curve.Losses[least] ? i : least;
        }

        return curve.Count == 0 ? TooFewOr(curve, 1, "") : At(curve, least, 10);
    }

    /// <summary>The rate at which the smoothed loss falls fastest against the logarithm of the rate.</summary>
    public static Suggestion Steep(LossCurve curve)
    {
        int steepest = -1;
        double least = 0;
        for (int i = 0; i + 1 < curve.Count; i++)
        {
            double slope = (curve.Losses[i + 1] - curve.Losses[i]) / (Math.Log(curve.Rates[i + 1]) - Math.Log(curve.Rates[i]));
            if (slope < least)
            {
                (steepest, least) = (i, slope);
            }
        }

        return steepest < 0 ? TooFewOr(curve, 2, "the smoothed loss does not fall") : At(curve, steepest);
    }

    // Of subsequences of equal length, the one that ends first.
    private static (int End, int Length) LongestFall(LossCurve curve)
    {
        int[] lengths = new int[curve.Count];
        int end = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = 1;
            for (int j = 0; j < i; j++)
            {
                if (curve.Losses[i] < curve.Losses[j] && lengths[i] < lengths[j] + 1)
                {
                    lengths[i] = lengths[j] + 1;
                }
            }

            end = lengths[i] > lengths[end] ? i : end;
        }

        return (end, lengths.Length == 0 ? 0 : lengths[end]);
    }

    // Central difference over the index, one-sided at the ends: numpy.gradient.
    private static double Slope(LossCurve curve, int i)
    {
        int before = Math.Max(0, i - 1);
        int after = Math.Min(curve.Count - 1, i + 1);
        return (curve.Losses[after] - curve.Losses[before]) / (after - before);
    }

    private static Suggestion At(LossCurve curve, int index, double divisor = 1) => curve.Rates[index] > 0
        ? new Suggestion.Found(curve.Rates[index] / divisor)
        : new Suggestion.None("the rule points at a rate of 0");

    private static Suggestion.None TooFewOr(LossCurve curve, int needed, string otherwise) => new(curve.Count < needed
        ? string.Create(CultureInfo.InvariantCulture, $"the curve has {curve.Count} usable points, the rule needs {needed}")
        : otherwise);
}
