using System.Diagnostics;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Whether a process may have mounts of its own: the only way to a full disk that harms nobody.</summary>
internal static class Namespaces
{
    private static readonly Lazy<bool> Possible = new(() =>
    {
        try
        {
            using Process probe = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "none", "/tmp"])
            {
                RedirectStandardError = true,
            })!; // a program that is there is started
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    });

    /// <summary>Whether it may.</summary>
    public static bool CanMount => Possible.Value;
}
