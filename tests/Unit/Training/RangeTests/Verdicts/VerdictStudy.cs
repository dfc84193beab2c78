using System.Globalization;
using Sweeper.Training.RangeTests;

namespace Sweeper.Tests.Unit.Training.RangeTests.Verdicts;

/// <summary>
/// The tables of docs/super-convergence.md on the verdict of a range test, in Markdown:
/// <c>dotnet run --project tests/Unit -c Release -- verdict-study</c>.
/// </summary>
internal static class VerdictStudy
{
    public const string Verb = "verdict-study";

    private static readonly int[] ImageCounts = [1000, 500, 250, 100];

    /// <summary>Runs it.</summary>
    public static int Run()
    {
        Line($"{VerdictError.Curves} curves from {PublishedBands.All.Length} runs; a band deviates by {PublishedBands.Deviation:0.0%} of its accuracy.\n");
        ByReadings();
        ByBounds();
        ByFlatness();
        return 0;
    }

    private static void ByReadings()
    {
        Head("readings | images | misjudged | flat left open | collapsed left open | both, twice the noise");
        foreach (int points in new[] { 10, 20, 50, 100, 200 })
        {
            foreach (int images in ImageCounts)
            {
                var trials = new VerdictTrials { Points = points, Images = images };
                VerdictTally tally = trials.Run();
                VerdictTally twice = (trials with { Noise = 2 }).Run();
                Line($"| {points} | {images} | {tally.Misjudged} | {tally.Flat.Open} of {tally.Flat.Total} | {tally.Collapsed.Open} of {tally.Collapsed.Total} | {twice.Misjudged} misjudged, {twice.Open} open |");
            }
        }
    }

    private static void ByBounds()
    {
        (string Words, VerdictTrials Trials)[] cases =
        [
            .. ImageCounts.Select(images => ($"{images} images", new VerdictTrials { Images = images })),
            ($"{ImageCounts[0]} images, twice the noise", new VerdictTrials { Images = ImageCounts[0], Noise = 2 }),
        ];
        string Words(string what) => string.Join(" | ", cases.Select(one => $"{what}, {one.Words}"));
        VerdictTally[] Tallies(double flat, double collapsed) => [.. cases.Select(one => (one.Trials with { Bounds = new(flat, collapsed) }).Run())];

        Head($"possible from R of | collapsed called possible | {Words("flat not called possible")}");
        foreach (double flat in new[] { 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95 })
        {
            VerdictTally[] tallies = Tallies(flat, VerdictBounds.Default.Collapsed);
            Line($"| {flat} | {tallies.Max(tally => tally.Collapsed.Possible)} | {string.Join(" | ", tallies.Select(tally => tally.Flat.Total - tally.Flat.Possible))} |");
        }

        Head($"not possible below R of | flat called not possible | {Words("collapsed not called so")}");
        foreach (double collapsed in new[] { 0.3, 0.4, 0.5, 0.6, 0.7, 0.8 })
        {
            VerdictTally[] tallies = Tallies(VerdictBounds.Default.Flat, collapsed);
            Line($"| {collapsed} | {tallies.Max(tally => tally.Flat.NotPossible)} | {string.Join(" | ", tallies.Select(tally => tally.Collapsed.Total - tally.Collapsed.NotPossible))} |");
        }
    }

    private static void ByFlatness()
    {
        Head("true R | possible | open | not possible");
        foreach (double flatness in new[] { 0.4, 0.5, 0.55, 0.58, 0.6, 0.62, 0.65, 0.7, 0.75, 0.78, 0.8, 0.82, 0.85, 0.9, 0.95 })
        {
            VerdictCounts counts = new VerdictTrials().RunAt(flatness);
            Line($"| {flatness} | {(double)counts.Possible / counts.Total:0%} | {(double)counts.Open / counts.Total:0%} | {(double)counts.NotPossible / counts.Total:0%} |");
        }
    }

    private static void Head(string columns)
    {
        Console.WriteLine();
        Console.WriteLine($"| {columns} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat(" --- |", columns.Split('|').Length))}");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
