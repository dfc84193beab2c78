using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sweeper.Tests.Benchmarks.Gaps;

namespace Sweeper.Tests.Benchmarks.Running;

/// <summary>The product's console and silos, as processes.</summary>
/// <param name="folder">Folder of everything that they write.</param>
internal sealed class Product(string folder)
{
    /// <summary>The console's program: <c>artifacts/bin/Client/release</c>, beside this one's.</summary>
    public static string Client { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Client", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "sweeper"));

    /// <summary>Folder of everything.</summary>
    public string Folder => folder;

    /// <summary>Data directory of the console and its own silo.</summary>
    public string Data => Path.Combine(folder, "data");

    /// <summary>Starts a console command; its own silo is one that is measured.</summary>
    public Process Start(params string[] arguments)
    {
        var info = new ProcessStartInfo(Client, [.. arguments, "--data-dir", Data]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["SWEEPER_SILO"] = Environment.ProcessPath;
        info.Environment[MeasuredSilo.Variable] = folder;
        return Process.Start(info)!; // not reused: no shell
    }

    /// <summary>Runs a console command that must succeed.</summary>
    /// <returns>Its time, in seconds.</returns>
    public async Task<double> RunAsync(params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        double seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0 ? seconds : throw new InvalidOperationException($"sweeper {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }

    /// <summary>Tells the console's own silo to end, where it has one that outlives its commands.</summary>
    public async Task EndSiloAsync()
    {
        string file = Path.Combine(Data, "silo.json");
        if (!File.Exists(file))
        {
            return;
        }

        using JsonDocument silo = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        await TerminateAsync(silo.RootElement.GetProperty("pid").GetInt32());
        while (File.Exists(file))
        {
            await Task.Delay(50);
        }
    }

    /// <summary>Tells a process to end.</summary>
    public static async Task TerminateAsync(int pid)
    {
        using var kill = Process.Start("kill", ["-TERM", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Starts a silo of a cluster.</summary>
    public Process StartSilo(string node, int gateway, string redis, string postgres)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!, // started from a file
        [
            "--data-dir", Path.Combine(folder, node), "--node", node, "--gateway-port", gateway.ToString(CultureInfo.InvariantCulture), "--redis", redis,
            "--checkpoints", Path.Combine(folder, "checkpoints"), "--slots", "1", "--threads", "1", "--log-level", "error",
        ]);
        info.Environment[MeasuredSilo.Variable] = folder;
        info.Environment["Sweeper__Postgres"] = postgres;
        return Process.Start(info)!; // not reused: no shell
    }

    /// <summary>Waits for what so many silos measured, after they were told to end.</summary>
    public async Task<IReadOnlyList<SlotTimes>> MeasuredAsync(int silos)
    {
        string[] files;
        while ((files = Directory.GetFiles(folder, "silo-*.json")).Length < silos)
        {
            await Task.Delay(50);
        }

        return [.. files.Select(file => JsonSerializer.Deserialize<SlotTimes>(File.ReadAllText(file)) ?? throw new JsonException($"{file} holds nothing."))];
    }

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
