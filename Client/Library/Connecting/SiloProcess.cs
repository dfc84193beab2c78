using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Sweeper.Client.Connecting;

/// <summary>A silo that this console started.</summary>
internal sealed class SiloProcess : IDisposable
{
    private const int KeptLogs = 20;

    // exec keeps the process number. Output goes straight to the file, so that it does not end with this console; a session
    // of its own keeps the terminal's Ctrl-C and hang-up away: the leash ends the silo, after a checkpoint.
    private const string Launcher =
        """
        log=$1; shift
        if command -v setsid >/dev/null 2>&1; then exec setsid "$@" >>"$log" 2>&1 </dev/null; fi
        exec "$@" >>"$log" 2>&1 </dev/null
        """;

    private readonly Process _process;

    private SiloProcess(Process process, string log) => (_process, LogFile) = (process, log);

    /// <summary>Where its output goes.</summary>
    public string LogFile { get; }

    /// <summary>Process number.</summary>
    public int Pid => _process.Id;

    /// <summary>How it ended; null while it runs. A signal shows as 128 + its number.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>Starts it.</summary>
    /// <param name="executable">Program.</param>
    /// <param name="data">Data directory.</param>
    /// <param name="start">How.</param>
    /// <param name="clock">Names the log.</param>
    /// <exception cref="CliException">It could not be started at all.</exception>
    public static SiloProcess Start(SiloExecutable executable, DataDirectory data, SiloStart start, TimeProvider clock)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new CliException(
                Client.ExitCode.Unreachable, "A silo of its own is started on Linux and macOS only. Name a running cluster with --cluster HOST:PORT.");
        }

        DropOldLogs(data.Logs);
        string log = Path.Combine(
            data.Logs, string.Create(CultureInfo.InvariantCulture, $"silo-{clock.GetUtcNow():yyyyMMdd-HHmmss-fff}.log"));
        var info = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        string[] arguments =
        [
            "-c", Launcher, "sweeper-silo", log, executable.File, .. executable.Arguments,
            "--data-dir", data.Root, "--silo-port", "0", "--gateway-port", "0", "--http-port", "0", "--commands", "any",
            "--leash", start.Keep ? "false" : "true", .. start.PassThrough,
        ];
        foreach (string argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        if (start.Postgres is not null)
        {
            // Not as an argument: it holds a password, and every user of the machine can list arguments.
            info.Environment["Sweeper__Postgres"] = start.Postgres;
        }

        if (start.AfterCrash)
        {
            info.Environment["Sweeper__AfterCrash"] = "true";
        }

        try
        {
            return new SiloProcess(Process.Start(info)!, log);
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new CliException(
                Client.ExitCode.Unreachable, $"The silo {executable.File} could not be started: {failure.Message}.", failure);
        }
    }

    /// <summary>What it said last: from its unhandled exception on, where there is one, else the last lines.</summary>
    /// <param name="lines">At most so many.</param>
    public ImmutableArray<string> LastWords(int lines)
    {
        string[] all;
        try
        {
            all = [.. File.ReadLines(LogFile).Where(line => !string.IsNullOrWhiteSpace(line))];
        }
        catch (IOException)
        {
            return []; // It ended before it wrote a line.
        }

        int crash = Array.FindLastIndex(all, line => line.StartsWith("Unhandled exception", StringComparison.Ordinal));
        return crash < 0 ? [.. all.TakeLast(lines)] : [.. all.Skip(crash).Take(lines)];
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Whether it ended in time.</returns>
    public async Task<bool> WaitForExitAsync(TimeSpan limit, CancellationToken stop)
    {
        try
        {
            await _process.WaitForExitAsync(stop).WaitAsync(limit, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static void DropOldLogs(string folder)
    {
        foreach (FileInfo old in new DirectoryInfo(folder).EnumerateFiles("silo-*.log").OrderByDescending(file => file.Name).Skip(KeptLogs - 1))
        {
            old.Delete();
        }
    }
}
