namespace Sweeper.Training.Data;

/// <summary>Counts the values of 8-bit pixels channel by channel, some images at a time.</summary>
/// <param name="channels">Channels of an image.</param>
/// <param name="area">Pixels of one channel.</param>
internal sealed class ChannelHistogram(int channels, int area)
{
    private readonly long[,] _counts = new long[channels, 256];

    /// <summary>Counts whole images.</summary>
    /// <param name="pixels">Images one after another, channel by channel.</param>
    public void Add(ReadOnlySpan<byte> pixels)
    {
        for (int start = 0, channel = 0; start < pixels.Length; start += area, channel = (channel + 1) % channels)
        {
            foreach (byte value in pixels.Slice(start, area))
            {
                _counts[channel, value]++;
            }
        }
    }

    /// <summary>Mean and deviation of what was counted, exact up to rounding.</summary>
    public ChannelStatistics Statistics()
    {
        double[] mean = new double[channels];
        double[] deviation = new double[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            long n = 0, sum = 0, squares = 0;
            for (long value = 0; value < 256; value++)
            {
                n += _counts[channel, value];
                sum += value * _counts[channel, value];
                squares += value * value * _counts[channel, value];
            }

            double average = (double)sum / n;
            double variance = ((double)squares / n) - (average * average);
            mean[channel] = average / 255;
            // A constant channel carries nothing; dividing by 1 keeps it finite.
            deviation[channel] = variance > 1e-9 ? Math.Sqrt(variance) / 255 : 1;
        }

        return new ChannelStatistics(mean, deviation);
    }
}
