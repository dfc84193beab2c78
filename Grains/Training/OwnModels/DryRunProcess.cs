using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Sweeper.Training.OwnModels;

/// <summary>Starts a process that tries a model of a user's own, and tells what came of it, whatever that was.</summary>
/// <param name="command">Program and arguments that do what <see cref="DryRun.Verb"/> asks for when that is added; empty: there is none.</param>
/// <param name="limit">Time that it may take; then it is killed.</param>
public sealed class DryRunProcess(ImmutableArray<string> command, TimeSpan limit)
{
    private readonly ModelRegistry? _here;

    /// <summary>Tries models in this very process, which ends where one of them crashes it: for a program that cannot be started once more.</summary>
    /// <param name="here">Models that are known.</param>
    public DryRunProcess(ModelRegistry here)
        : this([], UsualLimit) => _here = here;

    /// <summary>Time that it may take where nobody said otherwise.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(1);

    private const int KeptLines = 3;
    private const int SignalBase = 128;

    /// <summary>Tries a request.</summary>
    public DryRunAnswer Try(DryRunRequest request)
    {
        if (_here is not null)
        {
            return DryRun.Try(request, _here);
        }

        if (command.IsDefaultOrEmpty)
        {
            return Refusal("this silo's program has no way to try a model in a process of its own, and untried none is taken");
        }

        string folder = Directory.CreateTempSubdirectory("sweeper-model-").FullName;
        try
        {
            string asked = Path.Combine(folder, "request.json");
            string answered = Path.Combine(folder, "answer.json");
            File.WriteAllText(asked, JsonSerializer.Serialize(request, DryRunJson.Default.DryRunRequest));
            return Run(asked, answered);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private DryRunAnswer Run(string asked, string answered)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in (string[])[.. command[1..], DryRun.Verb, asked, answered])
        {
            start.ArgumentList.Add(argument);
        }

        // What the silo was told of stores and passwords is not the model's business; a GPU would be taken from trials.
        foreach (string secret in start.Environment.Keys.Where(name => name.StartsWith("Sweeper__", StringComparison.OrdinalIgnoreCase) && !IsPlugins(name)).ToArray())
        {
            start.Environment.Remove(secret);
        }

        start.Environment["CUDA_VISIBLE_DEVICES"] = "";
        var words = new Queue<string>();
        using var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, _) => { }; // taken off the pipe, which would fill
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return Refusal($"no process could be started to try it: {error.Message}");
        }

        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        process.StandardInput.Close();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return Refusal(FormattableString.Invariant($"it was tried in a process of its own, which had no answer after {limit.TotalSeconds:0.#} s and was ended: does it loop? --plugin-seconds gives it longer"));
        }

        process.WaitForExit(); // the last lines come after the end
        return DryRunJson.ReadAnswer(answered) is { } answer ? answer : Refusal($"it was tried in a process of its own, which {HowItEnded(process.ExitCode)}{Said(words)}");

        void Keep(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lock (words)
                {
                    words.Enqueue(line.Trim());
                    if (words.Count > KeptLines)
                    {
                        words.Dequeue();
                    }
                }
            }
        }
    }

    private static bool IsPlugins(string name) => name.Contains("Plugin", StringComparison.OrdinalIgnoreCase);

    private static string HowItEnded(int code) => code switch
    {
        > SignalBase => string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - SignalBase}{(code - SignalBase == 6 ? " (abort)" : code - SignalBase == 11 ? " (segmentation fault)" : "")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"ended with exit code {code} and without an answer"),
    };

    private static string Said(Queue<string> words)
    {
        lock (words)
        {
            return words.Count == 0 ? "" : $"; its last words: {string.Join(" / ", words)}";
        }
    }

    private static DryRunAnswer Refusal(string message) => new([new DryRunProblem(null, message)], [], [], null);
}
