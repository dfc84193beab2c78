using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Planning.Stopping.Replaying;

namespace Sweeper.Tests.Unit.Planning.Stopping.Replaying;

/// <summary>Real curves of complete trials: <c>Planning/Stopping/Recorded/README.md</c>.</summary>
internal static class Recording
{
    /// <summary>Names of the recordings.</summary>
    public static ImmutableArray<string> Names { get; } = ["fashion-mlp", "fashion-mlp-small"];

    /// <summary>Reads one.</summary>
    /// <param name="name">Its name.</param>
    public static ImmutableArray<RecordedTrial> Read(string name)
    {
        using Stream stream = typeof(Recording).Assembly.GetManifestResourceStream(name + ".csv")
            ?? throw new InvalidDataException($"There is no recording {name}.");
        using var reader = new StreamReader(stream);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines[0] != RecordingWriter.Header)
        {
            throw new InvalidDataException($"The recording {name} has other columns.");
        }

        return
        [
            .. lines[1..].Select(line => line.Split(','))
                .GroupBy(row => int.Parse(row[0], CultureInfo.InvariantCulture))
                .OrderBy(rows => rows.Key)
                .Select(rows => new RecordedTrial(rows.Key, [.. rows.Select(Cycle).OrderBy(cycle => cycle.Epochs)])),
        ];
    }

    private static RecordedCycle Cycle(string[] row)
    {
        double epochs = Number(row[5]);
        return new RecordedCycle(
            epochs,
            [.. row[9].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((accuracy, index) => new CycleReading((index + 1) / epochs, Number(accuracy)))],
            row[7].Length > 0 ? Number(row[7]) : null);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
