using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sweeper.Training.Models.Norms;

/// <summary>Mean and variance of each channel of rows <c>[rows, channels]</c>.</summary>
/// <param name="channels">Channels, in whole vectors.</param>
internal sealed unsafe class NormStatistics(int channels)
{
    /// <summary>Means.</summary>
    public double[] Mean { get; } = new double[channels];

    /// <summary>Variances over the rows as they are, not the estimate for all images.</summary>
    public double[] Variance { get; } = new double[channels];

    /// <summary>Takes them, each portion around its own mean, so that a large mean costs no digits (Chan, Golub and LeVeque, 1983).</summary>
    /// <param name="rows">Values.</param>
    /// <param name="count">Rows.</param>
    /// <param name="threads">Threads to take.</param>
    public void Take(float* rows, int count, int threads)
    {
        var portions = Portions.Of(count, channels);
        using var sums = new ChannelSums(portions, channels);
        portions.ForEach(new Work(rows, channels, sums), threads);
        sums.Total(Mean, Variance);
        for (int channel = 0; channel < channels; channel++)
        {
            Mean[channel] /= count;
        }

        for (int portion = 0; portion < portions.Count; portion++)
        {
            int length = portions.Length(portion);
            ReadOnlySpan<float> sum = sums.First(portion);
            for (int channel = 0; channel < channels; channel++)
            {
                double away = (sum[channel] / (double)length) - Mean[channel];
                Variance[channel] += away * away * length;
            }
        }

        for (int channel = 0; channel < channels; channel++)
        {
            Variance[channel] /= count;
        }
    }

    /// <summary>Has running statistics follow; the variance is taken as the estimate for all images, as in torch.</summary>
    /// <param name="mean">Running means.</param>
    /// <param name="variance">Running variances.</param>
    /// <param name="momentum">Share of this batch, in (0, 1].</param>
    /// <param name="count">Rows that these were taken from.</param>
    public void Lead(Span<float> mean, Span<float> variance, double momentum, int count)
    {
        double unbiased = count / (count - 1.0);
        for (int channel = 0; channel < channels; channel++)
        {
            mean[channel] = (float)(((1 - momentum) * mean[channel]) + (momentum * Mean[channel]));
            variance[channel] = (float)(((1 - momentum) * variance[channel]) + (momentum * Variance[channel] * unbiased));
        }
    }

    /// <summary>Sums of a portion, and squared deviations from its own means.</summary>
    private readonly struct Work(float* rows, int channels, ChannelSums sums) : IPortionWork
    {
        public void Do(int portion)
        {
            int count = sums.Portions.Length(portion);
            float* x = rows + ((long)sums.Portions.Start(portion) * channels);
            fixed (float* sum = sums.Of(portion))
            {
                Sum(x, count, sum);
                Square(x, count, sum, sum + channels);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Sum(float* x, int count, float* sum)
        {
            int row = 0;
            for (; row + 4 <= count; row += 4, x += 4 * channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> two = Vector.Load(x + c) + Vector.Load(x + channels + c);
                    Vector<float> more = Vector.Load(x + (2 * channels) + c) + Vector.Load(x + (3 * channels) + c);
                    (Vector.Load(sum + c) + (two + more)).Store(sum + c);
                }
            }

            for (; row < count; row++, x += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    (Vector.Load(sum + c) + Vector.Load(x + c)).Store(sum + c);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Square(float* x, int count, float* sum, float* square)
        {
            float share = 1f / count;
            int row = 0;
            for (; row + 4 <= count; row += 4, x += 4 * channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    Vector<float> mean = Vector.Load(sum + c) * share;
                    Vector<float> two = Squared(x + c, mean) + Squared(x + channels + c, mean);
                    Vector<float> more = Squared(x + (2 * channels) + c, mean) + Squared(x + (3 * channels) + c, mean);
                    (Vector.Load(square + c) + (two + more)).Store(square + c);
                }
            }

            for (; row < count; row++, x += channels)
            {
                for (int c = 0; c < channels; c += Vector<float>.Count)
                {
                    (Vector.Load(square + c) + Squared(x + c, Vector.Load(sum + c) * share)).Store(square + c);
                }
            }
        }

        private static Vector<float> Squared(float* x, Vector<float> mean)
        {
            Vector<float> away = Vector.Load(x) - mean;
            return away * away;
        }
    }
}
