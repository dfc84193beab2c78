using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// A tensor of float32 on the CPU by its native handle alone, for what a training step makes by the dozen: without the object and the entry in a
/// dispose scope that TorchSharp's has. Whoever has it frees it.
/// </summary>
/// <param name="Handle">The native handle; 0: none.</param>
internal readonly unsafe partial record struct RawTensor(nint Handle) : IDisposable
{
    private const string Library = "LibTorchSharp";
    private const DllImportSearchPath Paths = DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory;

    /// <summary>Whether there is none.</summary>
    public bool IsNone => Handle == 0;

    /// <summary>Address of the first value; null for none.</summary>
    public float* Values => IsNone ? null : (float*)Data(Handle);

    /// <summary>The same values, outside the graph of gradients.</summary>
    public RawTensor Detached() => Made(Detach(Handle));

    /// <summary>A new tensor of the same shape and order, its values not set.</summary>
    public RawTensor EmptyLike() => Made(EmptyLike(Handle, (sbyte)ScalarType.Float32, 0, -1, false));

    /// <summary>Values from an index of the dimension to the next.</summary>
    public long Stride(int dimension) => Stride(Handle, dimension);

    /// <summary>TorchSharp's object, which has it from now on.</summary>
    public Tensor ToTensor() => Tensor.UnsafeCreateTensor(Handle);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsNone)
        {
            Free(Handle);
        }
    }

    private static RawTensor Made(nint handle) => handle == 0 ? throw new InvalidOperationException("libtorch made no tensor: it has no memory left") : new RawTensor(handle);

    [LibraryImport(Library, EntryPoint = "THSTensor_data"), DefaultDllImportSearchPaths(Paths)]
    private static partial nint Data(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_detach"), DefaultDllImportSearchPaths(Paths)]
    private static partial nint Detach(nint tensor);

    [LibraryImport(Library, EntryPoint = "THSTensor_empty_like"), DefaultDllImportSearchPaths(Paths)]
    private static partial nint EmptyLike(nint tensor, sbyte type, int device, int number, [MarshalAs(UnmanagedType.U1)] bool gradient);

    [LibraryImport(Library, EntryPoint = "THSTensor_stride"), DefaultDllImportSearchPaths(Paths)]
    private static partial long Stride(nint tensor, long dimension);

    [LibraryImport(Library, EntryPoint = "THSTensor_dispose"), DefaultDllImportSearchPaths(Paths)]
    private static partial void Free(nint tensor);
}

/// <summary>TorchSharp's tensors as raw ones.</summary>
internal static unsafe class RawTensorExtensions
{
    /// <summary>The handle, for as long as <paramref name="tensor"/> is held. None for null.</summary>
    public static RawTensor Raw(this Tensor? tensor) => new(tensor?.Handle ?? 0);

    /// <summary>Values of a tensor of one dimension; valid as long as the tensor, which the caller holds.</summary>
    public static Span<float> Span(this Tensor vector) => new(vector.Raw().Values, (int)vector.size(0));
}
