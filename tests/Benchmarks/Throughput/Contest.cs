using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Sweeper.Tests.Benchmarks.Throughput;

/// <summary>Contenders of one case, each a process that is there all the time and trains in its turn while the others wait.</summary>
internal sealed class Contest : IDisposable
{
    /// <summary>The product.</summary>
    public const string Engine = "engine";

    /// <summary>The product in bfloat16.</summary>
    public const string EngineLow = "engine-bf16";

    /// <summary>A plain TorchSharp loop.</summary>
    public const string Plain = "plain";

    /// <summary>A plain PyTorch loop.</summary>
    public const string PyTorch = "pytorch";

    /// <summary>The same in PyTorch's faster layout for convolutions.</summary>
    public const string PyTorchLast = "pytorch-channels-last";

    /// <summary>The same in bfloat16, by autocast.</summary>
    public const string PyTorchLow = "pytorch-channels-last-bf16";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Dictionary<string, Process> _processes = [];

    private Contest()
    {
    }

    /// <summary>All that can be asked for.</summary>
    public static IReadOnlyList<string> Kinds { get; } = BenchmarkDevice.IsCuda
        ? [Engine, Plain, EngineLow, PyTorch, PyTorchLast, PyTorchLow]
        : [Engine, Plain, PyTorch, PyTorchLast];

    /// <summary>Python that has PyTorch: Debian's, or what the variable PYTHON names.</summary>
    private static string Python => Environment.GetEnvironmentVariable("PYTHON") is { Length: > 0 } named ? named : "/usr/bin/python3";

    /// <summary>Whether there is a PyTorch to compare with.</summary>
    public static bool HasPyTorch()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import torch, numpy"]) { RedirectStandardError = true })!; // no shell
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Starts contenders and waits until all have warmed up.</summary>
    /// <exception cref="InvalidOperationException">One does not start, or their networks differ.</exception>
    public static async Task<Contest> StartAsync(Case @case, IEnumerable<string> kinds)
    {
        var contest = new Contest();
        try
        {
            Dictionary<string, long> parameters = [];
            foreach (string kind in kinds)
            {
                Process process = Start(kind, @case);
                contest._processes.Add(kind, process);
                parameters[kind] = (await AnswerAsync<Introduction>(kind, process)).Parameters;
            }

            return parameters.Values.Distinct().Count() == 1
                ? contest
                : throw new InvalidOperationException($"the networks differ in their parameters: {string.Join(", ", parameters)}");
        }
        catch
        {
            contest.Dispose();
            throw;
        }
    }

    /// <summary>One turn of each.</summary>
    /// <param name="seconds">How long each trains at least.</param>
    public async Task<IReadOnlyDictionary<string, Stint>> RoundAsync(double seconds)
    {
        Dictionary<string, Stint> stints = [];
        foreach ((string kind, Process process) in _processes)
        {
            await process.StandardInput.WriteLineAsync(seconds.ToString(CultureInfo.InvariantCulture));
            await process.StandardInput.FlushAsync();
            stints[kind] = await AnswerAsync<Stint>(kind, process);
        }

        return stints;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (Process process in _processes.Values)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static Process Start(string kind, Case @case)
    {
        string[] size = [@case.Model, @case.Batch.ToString(CultureInfo.InvariantCulture), @case.Threads.ToString(CultureInfo.InvariantCulture)];
        string script = Path.Combine(AppContext.BaseDirectory, "Throughput", "torch_loop.py");
        (string program, string[] arguments) = kind switch
        {
            PyTorch => (Python, (string[])[script, .. size]),
            PyTorchLast => (Python, [script, .. size, "channels_last"]),
            PyTorchLow => (Python, [script, .. size, "channels_last", "bf16"]),
            _ => (Environment.ProcessPath!, [ContenderHost.Verb, kind, .. size]), // started from a file
        };
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        return Process.Start(info)!; // not reused: no shell
    }

    private static async Task<T> AnswerAsync<T>(string kind, Process process) =>
        await process.StandardOutput.ReadLineAsync() is { } line
            ? JsonSerializer.Deserialize<T>(line, Json)!
            : throw new InvalidOperationException($"the contender '{kind}' ended; its error is above");
}
