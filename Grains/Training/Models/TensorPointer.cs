using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>Where the values of a tensor on the CPU are. TorchSharp shows them of contiguous tensors only, and makes objects on the way.</summary>
internal static unsafe partial class TensorPointer
{
    /// <summary>Address of the first value; valid as long as the tensor, which the caller holds. Null for no tensor.</summary>
    public static float* Values(this Tensor? tensor) => tensor is null ? null : (float*)Data(tensor.Handle);

    /// <summary>Values of a tensor of one dimension; valid as long as the tensor, which the caller holds.</summary>
    public static Span<float> Span(this Tensor vector) => new(vector.Values(), (int)vector.size(0));

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint Data(nint tensor);
}
