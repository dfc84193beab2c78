using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training;

/// <summary>Equality of tensors to the last bit; torch's own operators compare element by element or within a tolerance.</summary>
internal static class TensorBits
{
    public static bool BitEqual(this Tensor left, Tensor right)
    {
        using Tensor a = left.detach().contiguous();
        using Tensor b = right.detach().contiguous();
        return a.dtype == b.dtype && a.shape.AsSpan().SequenceEqual(b.shape) && a.bytes.SequenceEqual(b.bytes);
    }
}
