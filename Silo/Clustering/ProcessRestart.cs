using System.Runtime.InteropServices;

namespace Sweeper.Silo.Clustering;

/// <summary>Starts this process's program anew in its place: same number, same arguments, same outputs, nothing else left of it.</summary>
internal static partial class ProcessRestart
{
    private const uint FirstOwnFile = 3;
    private const int CloseOnExec = 4;

    /// <summary>Does not return, unless it failed.</summary>
    /// <returns>Why it failed.</returns>
    public static string Run()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "this is no Linux";
        }

        try
        {
            string program = File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: false)?.FullName ?? "/proc/self/exe";
            string[] arguments = File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0');

            // Whatever a library has open, such as a GPU's driver, must not outlive the program that it was opened by.
            _ = CloseRange(FirstOwnFile, uint.MaxValue, CloseOnExec);
            _ = Execute(program, [.. arguments, null]);
            return $"{program}: {Marshal.GetLastPInvokeErrorMessage()}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            return error.Message;
        }
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string program, string?[] arguments);

    [LibraryImport("libc", EntryPoint = "close_range", SetLastError = true)]
    private static partial int CloseRange(uint first, uint last, int flags);
}
