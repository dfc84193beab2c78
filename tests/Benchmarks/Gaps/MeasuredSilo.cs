using System.Diagnostics.Metrics;
using System.Text.Json;
using Sweeper.Contracts.Telemetry;
using Sweeper.Silo;

namespace Sweeper.Tests.Benchmarks.Gaps;

/// <summary>
/// The product's silo, in this program: what it measures of its slots goes into a file, value by value. A console that is told of it
/// by <c>SWEEPER_SILO</c> starts it as its own.
/// </summary>
internal static class MeasuredSilo
{
    /// <summary>Environment variable that makes this program a silo, and names the folder of its file.</summary>
    public const string Variable = "SWEEPER_BENCHMARK_SILO";

    /// <summary>Runs until it is told to end, then writes <see cref="SlotTimes"/>.</summary>
    /// <param name="folder">Folder of the file.</param>
    /// <param name="args">Arguments of the silo.</param>
    public static async Task<int> RunAsync(string folder, string[] args)
    {
        var times = new SlotTimes();
        int code;
        using (MeterListener listener = Listen(times))
        {
            code = await new SweeperSilo().RunAsync(args);
        }

        string path = Path.Combine(folder, $"silo-{Environment.ProcessId}.json");
        await File.WriteAllTextAsync(path + ".new", JsonSerializer.Serialize(times));
        File.Move(path + ".new", path);
        return code;
    }

    private static MeterListener Listen(SlotTimes times)
    {
        string gap = Instruments.JobGap.Name; // before anything listens: instruments publish themselves while they are made
        string slot = Instruments.SlotTime.Name;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == gap || instrument.Name == slot)
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            string? activity = null;
            foreach ((string key, object? tag) in tags)
            {
                activity = key == Attributes.SlotActivity ? tag as string : activity;
            }

            lock (times)
            {
                times.Take(instrument.Name == gap, activity, value);
            }
        });
        listener.Start();
        return listener;
    }
}
