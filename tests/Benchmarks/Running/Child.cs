using System.Diagnostics;

namespace Sweeper.Tests.Benchmarks.Running;

/// <summary>Programs that a part starts and waits for.</summary>
internal static class Child
{
    /// <summary>Runs this program with other arguments; the last line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static Task<string> RunAsync(params string[] arguments) => LastLineAsync(Environment.ProcessPath!, arguments); // started from a file

    /// <summary>Runs a program; the last line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> LastLineAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!; // not reused: no shell
        string? last = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            last = line.Length > 0 ? line : last;
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0 && last is not null
            ? last
            : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
