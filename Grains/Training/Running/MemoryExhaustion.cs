using System.Runtime.InteropServices;

namespace Sweeper.Training.Running;

/// <summary>Tells a lack of memory on the device from other native errors: torch gives both the same type.</summary>
internal static class MemoryExhaustion
{
    // c10's CPU allocator and CUDA's caching allocator, in that order.
    private static readonly string[] Signs = ["not enough memory", "can't allocate memory", "out of memory"];

    /// <summary>Whether <paramref name="error"/> says that memory did not suffice.</summary>
    public static bool Is(Exception error) => error is OutOfMemoryException
        || (error is ExternalException && Array.Exists(Signs, sign => error.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The first line of the device's own words; the rest is a native stack.</summary>
    public static string Evidence(Exception error) => error.Message.Split('\n')[0].Trim();
}
