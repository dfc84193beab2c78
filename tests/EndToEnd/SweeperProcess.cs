using System.Diagnostics;
using System.Text;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>The console as a user starts it: a process with arguments, an environment, two outputs and an exit code.</summary>
internal sealed class SweeperProcess : IAsyncDisposable
{
    private readonly Process _process;
    private bool _disposed;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private SweeperProcess(Process process) => _process = process;

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has written to standard output so far.</summary>
    public string Out => Text(_out);

    /// <summary>What it has written to standard error so far.</summary>
    public string Error => Text(_error);

    /// <summary>The console's program.</summary>
    public static string Console => Program("Client", "sweeper");

    /// <summary>The example of the library.</summary>
    public static string Example => Program("Example", "Sweeper.Example");

    /// <summary>The silo's program.</summary>
    public static string Silo => Program("Silo", "Sweeper.Silo");

    public static SweeperProcess Start(string folder, string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string variable in info.Environment.Keys.Where(name => name.StartsWith("SWEEPER", StringComparison.OrdinalIgnoreCase) || name.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
        {
            info.Environment.Remove(variable);
        }

        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }

        var started = new SweeperProcess(new Process { StartInfo = info });
        started._process.OutputDataReceived += (_, line) => Append(started._out, line.Data);
        started._process.ErrorDataReceived += (_, line) => Append(started._error, line.Data);
        Assert.True(started._process.Start());
        started._process.StandardInput.Close();
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Waits for its end.</summary>
    public async Task<Ended> EndAsync(TimeSpan limit)
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not end within {limit}. Output:\n{Out}\nErrors:\n{Error}");
        }

        return new Ended(_process.ExitCode, Out, Error);
    }

    /// <summary>Waits until its outputs contain a text.</summary>
    public async Task SaysAsync(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Out.Contains(text, StringComparison.Ordinal) && !Error.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3) && !HasExited, $"It never said '{text}'. Output:\n{Out}\nErrors:\n{Error}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public void Signal(string signal) => Signals.Send(signal, Pid);

    /// <summary>Kills it where it still runs. A test may end it before its sandbox does.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>artifacts/bin/EndToEnd/CONFIGURATION -> artifacts/bin/PROJECT/CONFIGURATION.</summary>
    public static string Program(string project, string name)
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        return Path.GetFullPath(Path.Combine(here, "..", "..", project, Path.GetFileName(here), name));
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}

/// <summary>A command that has ended.</summary>
internal sealed record Ended(int ExitCode, string Out, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\nstandard output:\n{Out}\nstandard error:\n{Error}";
}
