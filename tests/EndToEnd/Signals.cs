using System.Diagnostics;
using System.Globalization;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Sends signals.</summary>
internal static class Signals
{
    /// <summary>Sends one, such as <c>INT</c> or <c>KILL</c>; a process that is gone already is fine.</summary>
    public static void Send(string signal, int pid)
    {
        using Process kill = Process.Start(new ProcessStartInfo("/bin/kill", ["-" + signal, pid.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardError = true,
        })!; // a program that is there is started
        kill.WaitForExit();
    }
}
