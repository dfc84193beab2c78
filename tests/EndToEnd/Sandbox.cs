using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>A data directory and a working directory of one test. Everything that a test starts ends with it.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(3);

    private readonly List<SweeperProcess> _started = [];

    /// <summary>Folder that everything of the test lies in.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("sweeper-e2e-").FullName;

    /// <summary>Data directory of its commands.</summary>
    public string Data => Path.Combine(Root, "data");

    private string SiloFile => Path.Combine(Data, "silo.json");

    /// <summary>A path below the working directory, in full: commands that run here have another one.</summary>
    public string In(string path) => Path.Combine(Root, path);

    /// <summary>Writes a file into the working directory.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        string path = In(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // inside the root
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Starts a command on this data directory.</summary>
    public SweeperProcess Start(params string[] arguments) =>
        Started(SweeperProcess.Start(Root, SweeperProcess.Console, [.. arguments, .. DataDirectoryOf(arguments)]));

    /// <summary>Starts a command with environment variables.</summary>
    public SweeperProcess StartWith((string Name, string Value)[] environment, params string[] arguments) =>
        Started(SweeperProcess.Start(Root, SweeperProcess.Console, [.. arguments, .. DataDirectoryOf(arguments)], environment));

    /// <summary>Starts a command on a terminal of its own, without colours; what it draws is its output.</summary>
    public SweeperProcess StartOnTerminal(int columns, int rows, params string[] arguments) => Started(SweeperProcess.Start(
        Root,
        "script",
        ["-qefc", $"stty cols {columns} rows {rows}; exec {SweeperProcess.Console} {string.Join(' ', arguments)} --data-dir {Data}", "/dev/null"],
        ("TERM", "xterm-256color"),
        ("NO_COLOR", "1")));

    /// <summary>Starts a command whose data directory is a file system of a few pages.</summary>
    public SweeperProcess StartOnFullDisk(params string[] arguments) => Started(SweeperProcess.Start(
        Root,
        "unshare",
        ["-rm", "/bin/sh", "-c", "mount -t tmpfs -o size=64k none \"$1\"; shift; exec \"$@\"", "sh", Data, SweeperProcess.Console, .. arguments, "--data-dir", Data]));

    /// <summary>Starts the silo's program itself.</summary>
    public SweeperProcess StartSilo(params string[] arguments) => Started(SweeperProcess.Start(Root, SweeperProcess.Silo, arguments));

    /// <summary>Starts the silo's program itself, with everything in its environment.</summary>
    public SweeperProcess StartSiloWith((string Name, string Value)[] environment) => Started(SweeperProcess.Start(Root, SweeperProcess.Silo, [], environment));

    /// <summary>Runs a command to its end, in a process of its own only where it needs one.</summary>
    public Task<Ended> RunAsync(params string[] arguments) => CommandHere.Can(arguments)
        ? CommandHere.RunAsync([.. arguments, .. DataDirectoryOf(arguments)], DefaultLimit)
        : Start(arguments).EndAsync(DefaultLimit);

    /// <summary>Runs a command that must succeed; its standard output.</summary>
    public async Task<string> OutputAsync(params string[] arguments)
    {
        Ended ended = await RunAsync(arguments);
        Assert.True(ended.ExitCode == 0, $"sweeper {string.Join(' ', arguments)}: {ended}");
        return ended.Out;
    }

    /// <summary>Runs a command with <c>-o json</c> that must succeed.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        using var document = JsonDocument.Parse(await OutputAsync([.. arguments, "-o", "json"]));
        return document.RootElement.Clone();
    }

    /// <summary>Process of the silo that serves the data directory; null where none does.</summary>
    public int? SiloPid()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(SiloFile));
            int pid = document.RootElement.GetProperty("pid").GetInt32();
            return IsOurs(pid) ? pid : null;
        }
        catch (Exception absent) when (absent is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Kills the silo as the kernel does when memory is short, and sees it gone.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> KillSiloAsync()
    {
        if (SiloPid() is not { } pid)
        {
            return false;
        }

        Signals.Send("KILL", pid);
        while (IsOurs(pid))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        return true;
    }

    /// <summary>Waits until no silo serves the data directory and the last one has gone.</summary>
    public async Task SiloEndsAsync()
    {
        var watch = Stopwatch.StartNew();
        while (Silos().Any())
        {
            Assert.True(watch.Elapsed < DefaultLimit, "the silo does not end");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SweeperProcess process in _started)
        {
            await process.DisposeAsync();
        }

        foreach (int pid in Silos())
        {
            Signals.Send("KILL", pid);
        }

        while (Silos().Any())
        {
            await Task.Delay(20);
        }

        Permit(Root);
        Directory.Delete(Root, recursive: true);
    }

    /// <summary>Every silo that was started on this data directory.</summary>
    private IEnumerable<int> Silos() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) ? pid : 0)
        .Where(pid => pid > 0 && IsOurs(pid));

    private bool IsOurs(int pid)
    {
        try
        {
            string[] arguments = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return arguments.Contains(Data) && arguments.Any(argument => argument.Contains("Sweeper.Silo", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private SweeperProcess Started(SweeperProcess process)
    {
        _started.Add(process);
        return process;
    }

    private string[] DataDirectoryOf(string[] arguments) => arguments.Contains("--data-dir") ? [] : ["--data-dir", Data];

    /// <summary>Takes back what a test forbade, so that the folder can go.</summary>
    private static void Permit(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // nothing was forbidden there
        }

        foreach (string inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories))
        {
            File.SetUnixFileMode(inner, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
