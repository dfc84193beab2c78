using System.Runtime.InteropServices;

namespace Sweeper.Training.Running;

/// <summary>
/// Name, memory and compute capability of a GPU from CUDA's driver, which TorchSharp does not ask. Numbers are those of this process, as
/// torch counts them.
/// </summary>
internal static partial class CudaDriver
{
    private const string Library = "libcuda.so.1";
    private const int Success = 0;
    private const int NameLength = 256;

    // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR of cuda.h.
    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

    /// <summary>What the driver says about a GPU; null where there is no such driver or GPU.</summary>
    public static (string Name, long MemoryBytes, int Capability)? Describe(int index)
    {
        byte[] name = new byte[NameLength];
        return Find(index) is { } device
            && GetName(name, NameLength, device) == Success
            && GetMemory(out nuint bytes, device) == Success
            && GetAttribute(out int major, CapabilityMajor, device) == Success
            && GetAttribute(out int minor, CapabilityMinor, device) == Success
                ? (System.Text.Encoding.UTF8.GetString(name).TrimEnd('\0'), (long)bytes, (10 * major) + minor)
                : null;
    }

    /// <summary>Bytes of a GPU's memory that nobody has taken; null where there is no such driver or GPU.</summary>
    public static long? FreeBytes(int index)
    {
        if (Find(index) is not { } device || Retain(out nint context, device) != Success)
        {
            return null;
        }

        try
        {
            // Torch's own context of the device: no second one is made.
            if (Push(context) != Success)
            {
                return null;
            }

            bool known = GetFree(out nuint free, out _) == Success;
            _ = Pop(out _);
            return known ? (long)free : null;
        }
        finally
        {
            _ = Release(device);
        }
    }

    /// <summary>The driver's handle of a GPU; null where there is no such driver or GPU.</summary>
    private static int? Find(int index)
    {
        if (!NativeLibrary.TryLoad(Library, out nint handle))
        {
            return null;
        }

        NativeLibrary.Free(handle); // the calls below hold it
        return Init(0) == Success && Get(out int device, index) == Success ? device : null;
    }

    [LibraryImport(Library, EntryPoint = "cuInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Init(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDeviceGet")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Get(out int device, int index);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetName([Out] byte[] name, int length, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetAttribute")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetAttribute(out int value, int attribute, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceTotalMem_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetMemory(out nuint bytes, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRetain")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Retain(out nint context, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Release(int device);

    [LibraryImport(Library, EntryPoint = "cuCtxPushCurrent_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Push(nint context);

    [LibraryImport(Library, EntryPoint = "cuCtxPopCurrent_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Pop(out nint context);

    [LibraryImport(Library, EntryPoint = "cuMemGetInfo_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetFree(out nuint free, out nuint total);
}
