using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Sweeper.Training.Running;

/// <summary>
/// Torch's report of every allocation that a thread makes: what its profiler listens to (c10's <c>ThreadLocalDebugInfo</c> and
/// <c>MemoryReportingInfoBase</c>), which TorchSharp does not pass on. It is the thread's own, whatever other threads of the process do,
/// and holds on the thread that CUDA's backward pass runs on, too.
/// </summary>
/// <remarks>
/// The interface is a C++ class with virtual functions, which is made here by hand: its table has the layout of the Itanium C++ ABI, looked
/// up in libtorch 2.10 (<c>c10/core/Allocator.h</c>). With another version nothing is hooked: look there first, then change <see cref="Known"/>.
/// </remarks>
internal static unsafe class TensorMemoryHook
{
    private const string Library = "libc10.so";
    private const string PushName = "_ZN3c1020ThreadLocalDebugInfo5_pushENS_13DebugInfoKindESt10shared_ptrINS_13DebugInfoBaseEE";
    private const string PopName = "_ZN3c1020ThreadLocalDebugInfo4_popENS_13DebugInfoKindE";
    private const string TypeName = "_ZTIN3c1023MemoryReportingInfoBaseE";

    /// <summary>Version whose tables are known.</summary>
    private const string Known = "2.10.";

    /// <summary><c>DebugInfoKind::PROFILER_STATE</c>.</summary>
    private const byte ProfilerState = 2;

    /// <summary>Bytes of a listener: the table, its number, and zeros, which a profiler's state would read as "not profiling".</summary>
    private const int Size = 512;

    private static readonly ConcurrentDictionary<long, TensorMemory> Listening = [];
    private static readonly ConcurrentBag<nint> Spare = [];
    private static readonly Functions? Torch = Find();
    private static long _last;

    /// <summary>Whether allocations can be heard in this process.</summary>
    public static bool IsThere => Torch is not null;

    /// <summary>Has torch report what this thread allocates and frees.</summary>
    /// <param name="listener">Who is told, on whichever thread works for this one.</param>
    /// <returns>What <see cref="Leave"/> takes, on the same thread, the last one first.</returns>
    public static nint Enter(TensorMemory listener)
    {
        Functions torch = Torch ?? throw new InvalidOperationException("libtorch is of a version whose allocations are not heard");
        nint heard = Spare.TryTake(out nint used) ? used : (nint)NativeMemory.AllocZeroed(Size);
        long number = Interlocked.Increment(ref _last);
        Listening[number] = listener;
        ((nint*)heard)[0] = torch.Table;
        ((long*)heard)[1] = number;
        nint* shared = stackalloc nint[2] { heard, 0 }; // a shared_ptr that owns nothing
        torch.Push(ProfilerState, shared);
        return heard;
    }

    /// <summary>Ends it.</summary>
    public static void Leave(nint heard)
    {
        nint* shared = stackalloc nint[2];
        Torch!.Pop(shared, ProfilerState); // it was entered, so torch is there
        Listening.TryRemove(((long*)heard)[1], out _);
        Spare.Add(heard); // never freed: whoever still had it would find it silent
    }

    private static Functions? Find()
    {
        if (!torch.__version__.StartsWith(Known, StringComparison.Ordinal)
            || !OperatingSystem.IsLinux()
            || RuntimeInformation.ProcessArchitecture != Architecture.X64
            || !NativeLibrary.TryLoad(Library, typeof(torch).Assembly, DllImportSearchPath.AssemblyDirectory, out nint library)
            || !NativeLibrary.TryGetExport(library, PushName, out nint push)
            || !NativeLibrary.TryGetExport(library, PopName, out nint pop)
            || !NativeLibrary.TryGetExport(library, TypeName, out nint type))
        {
            return null;
        }

        nint* table = (nint*)NativeMemory.AllocZeroed(7, (nuint)sizeof(nint));
        table[1] = type; // after the offset to the top, 0
        table[2] = (nint)(delegate* unmanaged<nint, void>)&Destroy;
        table[3] = (nint)(delegate* unmanaged<nint, void>)&Destroy;
        table[4] = (nint)(delegate* unmanaged<nint, nint, long, nuint, nuint, ushort, void>)&Report;
        table[5] = (nint)(delegate* unmanaged<nint, long, nuint, nuint, ushort, void>)&ReportFull;
        table[6] = (nint)(delegate* unmanaged<nint, byte>)&IsOn;
        return new Functions(
            (nint)(table + 2), (delegate* unmanaged<byte, nint*, void>)push, (delegate* unmanaged<nint*, byte, nint*>)pop);
    }

    // A device is two bytes: its type, then its number.
    [UnmanagedCallersOnly]
    private static void Report(nint self, nint block, long bytes, nuint allocated, nuint reserved, ushort device)
    {
        if (Listening.TryGetValue(((long*)self)[1], out TensorMemory? listener))
        {
            listener.Hear(block, bytes, (DeviceType)(device & 0xFF));
        }
    }

    [UnmanagedCallersOnly]
    private static void ReportFull(nint self, long bytes, nuint allocated, nuint reserved, ushort device)
    {
        // torch throws next, and that is handled where it is caught
    }

    [UnmanagedCallersOnly]
    private static byte IsOn(nint self) => 1;

    [UnmanagedCallersOnly]
    private static void Destroy(nint self)
    {
        // nobody owns it but this class
    }

    private sealed class Functions(nint table, delegate* unmanaged<byte, nint*, void> push, delegate* unmanaged<nint*, byte, nint*> pop)
    {
        private readonly delegate* unmanaged<byte, nint*, void> _push = push;
        private readonly delegate* unmanaged<nint*, byte, nint*> _pop = pop;

        public nint Table { get; } = table;

        public void Push(byte kind, nint* shared) => _push(kind, shared);

        public void Pop(nint* shared, byte kind) => _pop(shared, kind);
    }
}
