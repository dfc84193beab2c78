using System.Runtime.InteropServices;

namespace Sweeper.Training.Running;

/// <summary>
/// How glibc keeps native memory. A step frees and asks again for the same large tensors; as it comes, glibc hands each back to
/// the kernel and takes it anew, page fault by page fault, which costs a small network on a CPU a quarter of its time.
/// </summary>
internal static class HeapSettings
{
    // malloc.h of glibc.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;

    private const int LargestMapThreshold = 32 << 20; // the library refuses more
    private const int Pad = 64 << 20;

    private delegate int SetOption(int option, int value);

    /// <summary>Has the process keep what it frees, up to 2 GiB at the end of its heap; does nothing where the user's MALLOC_ variables say something or the C library is another.</summary>
    public static void Apply()
    {
        string[] own = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_MMAP_THRESHOLD_", "LD_PRELOAD"];
        if (!OperatingSystem.IsLinux()
            || own.Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 })
            || !NativeLibrary.TryLoad("libc.so.6", out IntPtr library)
            || !NativeLibrary.TryGetExport(library, "mallopt", out IntPtr entry))
        {
            return;
        }

        SetOption set = Marshal.GetDelegateForFunctionPointer<SetOption>(entry);
        set(MapThreshold, LargestMapThreshold);
        set(TrimThreshold, int.MaxValue);
        set(TopPad, Pad);
    }
}
