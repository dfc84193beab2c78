using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Tensors as bytes in managed memory and back, whatever device they are on.</summary>
internal static class TensorBytes
{
    /// <summary>Copies the values out, in order of the indices; bfloat16 as float32.</summary>
    public static byte[] Save(Tensor source)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor values = source.dtype == ScalarType.BFloat16 ? source.to(ScalarType.Float32) : source;
        return values.detach().cpu().contiguous().bytes.ToArray();
    }

    /// <summary>Copies saved values in; <paramref name="values"/> has the tensor's <see cref="Length"/>.</summary>
    public static void Restore(Tensor target, ReadOnlySpan<byte> values)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor staged = empty(target.shape, target.dtype, CPU);
        values.CopyTo(staged.bytes);
        target.copy_(staged);
    }

    /// <summary>Bytes that the values take.</summary>
    public static long Length(Tensor tensor) => tensor.numel() * tensor.element_size();
}
