using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Choices of images by index, checked before the native library sees them.</summary>
internal static class ImageIndices
{
    /// <summary>Refuses an empty choice and indices outside [0, <paramref name="count"/>).</summary>
    public static void ThrowIfBad(IReadOnlyList<int> indices, int count)
    {
        if (indices.Count == 0)
        {
            throw new ArgumentException("no images were chosen", nameof(indices));
        }

        foreach (int index in indices)
        {
            if ((uint)index >= (uint)count)
            {
                throw new ArgumentException($"image {index} was chosen, there are {count}", nameof(indices));
            }
        }
    }

    /// <summary>The indices as int64 on a device, outside any dispose scope.</summary>
    public static Tensor ToTensor(IReadOnlyList<int> indices, Device device)
    {
        long[] values = new long[indices.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = indices[i];
        }

        using DisposeScope scope = NewDisposeScope();
        return tensor(values, ScalarType.Int64, CPU).to(device).DetachFromDisposeScope();
    }
}
