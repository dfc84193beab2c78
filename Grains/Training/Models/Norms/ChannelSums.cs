using System.Buffers;

namespace Sweeper.Training.Models.Norms;

/// <summary>
/// Two sums for each channel, taken portion by portion in single precision and put together in double. To be returned with
/// <see cref="Dispose"/>.
/// </summary>
internal readonly struct ChannelSums : IDisposable
{
    private readonly float[] _values;
    private readonly int _channels;

    /// <summary>Zeros.</summary>
    public ChannelSums(Portions portions, int channels)
    {
        (Portions, _channels) = (portions, channels);
        _values = ArrayPool<float>.Shared.Rent(2 * portions.Count * channels);
        Array.Clear(_values, 0, 2 * portions.Count * channels);
    }

    /// <summary>What they are taken from.</summary>
    public Portions Portions { get; }

    /// <summary>A portion's sums, the first of each channel and then the second.</summary>
    public Span<float> Of(int portion) => _values.AsSpan(2 * portion * _channels, 2 * _channels);

    /// <summary>A portion's first sums.</summary>
    public ReadOnlySpan<float> First(int portion) => Of(portion)[.._channels];

    /// <summary>A portion's second sums.</summary>
    public ReadOnlySpan<float> Second(int portion) => Of(portion)[_channels..];

    /// <summary>Sums over all portions.</summary>
    /// <param name="first">Receives the first of each channel.</param>
    /// <param name="second">Receives the second.</param>
    public void Total(Span<double> first, Span<double> second)
    {
        first.Clear();
        second.Clear();
        for (int portion = 0; portion < Portions.Count; portion++)
        {
            Add(First(portion), first);
            Add(Second(portion), second);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<float>.Shared.Return(_values);

    private static void Add(ReadOnlySpan<float> sums, Span<double> totals)
    {
        for (int channel = 0; channel < sums.Length; channel++)
        {
            totals[channel] += sums[channel];
        }
    }
}
