using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sweeper.Grains.Workers.External;

/// <summary>
/// A running command with everything that it starts: a process group of its own, which ends as one. It never outlives the silo: a
/// shell that leads the group waits for the end of a pipe that only the silo holds open, also where the silo is killed.
/// </summary>
internal sealed partial class CommandProcess : IDisposable
{
    // 'wait' ends early where TERM comes, which the command itself is to answer; hence the loop.
    private const string Leader = """
        exec 3<&0 </dev/null
        (exec >/dev/null 2>&1; trap '' TERM; read -r never <&3; kill -s KILL -- "-$$") &
        watch=$!
        trap : TERM
        "$@" 3<&- &
        child=$!
        while :; do wait "$child"; code=$?; kill -0 "$child" 2>/dev/null || break; done
        kill -s KILL "$watch" 2>/dev/null
        exit "$code"
        """;

    private const int Term = 15, Kill = 9;

    private readonly Process _process;
    private readonly OutputTail _error;
    private readonly OutputTail _output;

    private CommandProcess(Process process)
    {
        _process = process;
        _error = new OutputTail(process.StandardError.BaseStream);
        _output = new OutputTail(process.StandardOutput.BaseStream);
    }

    /// <summary>Exit code; one above 128 is that of a signal.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Whether the kernel or somebody else killed it.</summary>
    public bool WasKilled => ExitCode == 128 + Kill;

    /// <summary>Starts a command.</summary>
    /// <param name="program">Full path of its program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Folder that it runs in.</param>
    /// <param name="variables">Its variables, above those of the silo; Sweeper's own settings, which may be secret, are left out.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static CommandProcess Start(string program, IEnumerable<string> arguments, string folder, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var start = new ProcessStartInfo(Needed("setsid"), [Needed("sh"), "-c", Leader, "sh", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string own in start.Environment.Keys.Where(key => key.StartsWith("SWEEPER", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(own);
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return new CommandProcess(Process.Start(start) ?? throw new InvalidOperationException("The command did not start."));
    }

    /// <summary>Waits for its end, for a while.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool WaitForEnd(TimeSpan time) => _process.WaitForExit(time);

    /// <summary>Asks it to stop, and ends it where it has not stopped in time.</summary>
    /// <param name="grace">How much time it has.</param>
    public void Stop(TimeSpan grace)
    {
        Signal(Term);
        if (!_process.WaitForExit(grace))
        {
            Signal(Kill);
        }

        EndGroup();
    }

    /// <summary>Ends whatever of its group is left, and reads its last words.</summary>
    public void EndGroup()
    {
        Signal(Kill);
        _process.WaitForExit(TimeSpan.FromSeconds(10));
    }

    /// <summary>The last lines that it wrote to standard error, or else to standard output; empty: none.</summary>
    public string LastWords()
    {
        string error = _error.Text();
        return error.Length > 0 ? error : _output.Text();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        EndGroup();
        _process.StandardInput.Dispose();
        _process.Dispose();
    }

    private static string Needed(string program) =>
        ProgramFinder.Find(program) ?? throw new InvalidOperationException($"There is no program '{program}' on this machine, which starts commands.");

    /// <summary>To the whole group; one that is gone already needs none.</summary>
    private void Signal(int signal) => _ = SendSignal(-_process.Id, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);
}
