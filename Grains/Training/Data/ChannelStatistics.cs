namespace Sweeper.Training.Data;

/// <summary>Mean and standard deviation of the training pixels of each channel, where 0 is black and 1 is full.</summary>
/// <param name="Mean">One value a channel, in [0, 1].</param>
/// <param name="StandardDeviation">One value a channel, of the population, in [0, 0.5]; 1 where a channel is constant.</param>
public sealed record ChannelStatistics(IReadOnlyList<double> Mean, IReadOnlyList<double> StandardDeviation)
{
    /// <summary>Mean 0 and deviation 1: pixels stay in [0, 1].</summary>
    internal static ChannelStatistics Identity(int channels) => new([.. Enumerable.Repeat(0.0, channels)], [.. Enumerable.Repeat(1.0, channels)]);

    /// <summary>Statistics of 8-bit images, exact up to rounding: they come from integer histograms.</summary>
    /// <param name="pixels">Images one after another, channel by channel.</param>
    /// <param name="channels">Channels of an image.</param>
    /// <param name="area">Pixels of one channel.</param>
    internal static ChannelStatistics Of(ReadOnlySpan<byte> pixels, int channels, int area)
    {
        ChannelHistogram histogram = new(channels, area);
        histogram.Add(pixels);
        return histogram.Statistics();
    }
}
