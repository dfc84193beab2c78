using System.Globalization;
using System.Text.Json;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Orchestration;

/// <summary>The same trials with Optuna, from Debian's <c>python3-optuna</c> or what the variable PYTHON names.</summary>
internal static class Optuna
{
    /// <summary>Storages that it is measured with.</summary>
    public static IReadOnlyList<string> Storages { get; } = ["memory", "sqlite", "journal"];

    /// <summary>Seconds by storage; null, with a line that says so, where there is no Optuna.</summary>
    public static async Task<IReadOnlyDictionary<string, double>?> RunAsync(int trials)
    {
        string python = Environment.GetEnvironmentVariable("PYTHON") is { Length: > 0 } named ? named : "/usr/bin/python3";
        string folder = Directory.CreateTempSubdirectory("sweeper-optuna-").FullName;
        try
        {
            string line = await Child.LastLineAsync(
                python, Path.Combine(AppContext.BaseDirectory, "Orchestration", "optuna_storage.py"), trials.ToString(CultureInfo.InvariantCulture), folder);
            using JsonDocument answer = JsonDocument.Parse(line);
            Console.WriteLine($"  Optuna {answer.RootElement.GetProperty("version").GetString()}");
            return Storages.ToDictionary(storage => storage, storage => answer.RootElement.GetProperty(storage).GetDouble());
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"  Optuna is not there (apt-get install python3-optuna): {error.Message}");
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
