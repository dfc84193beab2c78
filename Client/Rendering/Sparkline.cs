namespace Sweeper.Client.Rendering;

/// <summary>A curve in one line of text.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";

    /// <summary>Draws it from 0 to its own maximum, so that heights are comparable along the line.</summary>
    /// <param name="values">Curve; values that are not finite show as a gap.</param>
    /// <param name="width">Characters; at least 1.</param>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        if (values.Count == 0)
        {
            return "";
        }

        double top = values.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        int length = Math.Min(width, values.Count);
        return string.Create(length, (values, top), static (line, curve) =>
        {
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = Block(MeanOfBucket(curve.values, i, line.Length), curve.top);
            }
        });
    }

    private static double MeanOfBucket(IReadOnlyList<double> values, int bucket, int buckets)
    {
        int from = (int)((long)bucket * values.Count / buckets);
        int to = (int)((long)(bucket + 1) * values.Count / buckets);
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++)
        {
            if (double.IsFinite(values[i]))
            {
                sum += values[i];
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    private static char Block(double value, double top)
    {
        if (double.IsNaN(value))
        {
            return ' ';
        }

        return top <= 0 ? Blocks[0] : Blocks[(int)Math.Clamp(value / top * Blocks.Length, 0, Blocks.Length - 1)];
    }
}
