using System.Globalization;

namespace Sweeper.Tests.Benchmarks.Running;

/// <summary>Holds measurements against those that were recorded last.</summary>
internal static class Comparison
{
    /// <summary>How much worse a figure that every machine can reproduce may be; others are shown, not judged.</summary>
    private const double Tolerance = 1.5;

    /// <summary>Prints every figure beside the recorded one.</summary>
    /// <param name="measured">Folder of what was measured now.</param>
    /// <param name="recorded">Folder of what was recorded.</param>
    /// <returns>Exit code: 1 where a ratio is worse than recorded by more than half of it, 2 where there is nothing to compare.</returns>
    public static int Run(string measured, string recorded)
    {
        string[] files = Directory.Exists(measured) ? [.. Directory.GetFiles(measured, "*.json").Order(StringComparer.Ordinal)] : [];
        if (files.Length == 0)
        {
            Console.Error.WriteLine($"compare: there are no results in {measured}; run a part first");
            return 2;
        }

        bool worse = false;
        foreach (Measurements now in files.Select(Measurements.Read))
        {
            string path = Path.Combine(recorded, now.Part + ".json");
            Measurements? before = File.Exists(path) ? Measurements.Read(path) : null;
            Console.WriteLine($"{now.Part}: {now.MeasuredAt:u}, {now.Machine}");
            Console.WriteLine(before is null ? "  nothing recorded" : $"  recorded {before.MeasuredAt:u}, {before.Machine}");
            foreach (Figure figure in now.Figures)
            {
                worse |= !Print(figure, before?.Figures.FirstOrDefault(other => other.Name == figure.Name && other.Unit == figure.Unit));
            }
        }

        return worse ? 1 : 0;
    }

    /// <summary>Factor by which a figure is worse than another; below 1: better.</summary>
    public static double Worse(Figure now, Figure before) => now.Better == Better.Higher ? before.Median / now.Median : now.Median / before.Median;

    private static bool Print(Figure now, Figure? before)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"  {now.Name,-64} {now.Median,14:#,0.####} {now.Unit,-10}");
        if (before is null)
        {
            Console.WriteLine(text);
            return true;
        }

        double worse = Worse(now, before);
        bool good = !now.IsPortable || !(worse > Tolerance);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text} recorded {before.Median,14:#,0.####}{(good ? "" : $"  {worse:0.00} times worse")}"));
        return good;
    }
}
