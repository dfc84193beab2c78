using System.Globalization;
using Sweeper.Grains.Planning.Stopping.Replaying;

namespace Sweeper.Tests.Unit.Planning.Stopping.Replaying;

/// <summary>
/// The tables of docs/early-stopping.md, in Markdown:
/// <c>dotnet run --project tests/Unit -c Release -- stopping-study [REPLAYS] [CONFIGURATIONS]</c>.
/// </summary>
internal static class StoppingStudy
{
    public const string Verb = "stopping-study";

    /// <summary>Runs it over every recording.</summary>
    /// <param name="arguments">Number of replays and of configurations in each; the study's defaults without them.</param>
    public static int Run(string[] arguments)
    {
        var study = new ReplayStudy();
        study = study with
        {
            Replays = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : study.Replays,
            Configurations = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : study.Configurations,
        };
        foreach (string name in Recording.Names)
        {
            IReadOnlyList<RecordedTrial> recording = Recording.Read(name);
            Line($"## {name}: {recording.Count} configurations, {string.Join(" / ", recording[0].Cycles.Select(cycle => cycle.Epochs))} epochs");
            PhaseTable(recording);
            StudyTable(study, recording);
            OtherSearches(study, recording);
        }

        foreach (ShortCycles kind in Enum.GetValues<ShortCycles>())
        {
            Line($"## Drawn: short cycles are {kind}\n");
            Console.WriteLine(SearchHeader);
            foreach (int configurations in new[] { 36, 60, 200 })
            {
                Search($"{configurations} configurations", study with { Configurations = configurations }, DrawnRecording.Of(kind, 400, seed: 1));
            }

            Console.WriteLine();
        }

        return 0;
    }

    private const string SearchHeader =
        "| search | winner kept | within 0.5 points | cost, of training all | fewer at that cost: winner kept | within 0.5 points |\n| --- | --- | --- | --- | --- | --- |";

    private static void OtherSearches(ReplayStudy study, IReadOnlyList<RecordedTrial> recording)
    {
        Console.WriteLine(SearchHeader);
        Search("36 configurations", study with { Configurations = 36 }, recording);
        Search("75 configurations", study with { Configurations = 75 }, recording);
        Search("60, 1 worker", study with { Workers = 1 }, recording);
        Search("60, 16 workers", study with { Workers = 16 }, recording);
        Search("50, without the best 5", study with { Configurations = 50 }, DrawnRecording.Without(recording, 5));
        Search("50, without the best 15", study with { Configurations = 50 }, DrawnRecording.Without(recording, 15));
        Console.WriteLine();
    }

    private static void Search(string name, ReplayStudy study, IReadOnlyList<RecordedTrial> recording)
    {
        StudyResult result = study.RunHopeful(recording);
        StudyRow kept = result[ReplayStudy.Hopeful];
        StudyRow fewer = result[ReplayStudy.FewerThanHopeful];
        Line($"| {name} | {Share(kept.Kept):P0} | {Share(kept.Near):P0} | {kept.Cost / result["none"].Cost:P0} | {Share(fewer.Kept):P0} | {Share(fewer.Near):P0} |");

        double Share(int replays) => (double)replays / study.Replays;
    }

    private static void PhaseTable(IReadOnlyList<RecordedTrial> recording)
    {
        Console.WriteLine("\n| accuracy read at | share of a full training | rho with the end, all | rho, better half |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (PhaseCorrelation phase in PhaseCorrelation.Of(recording))
        {
            Line($"| {phase.What} | {phase.Cost:0%} | {phase.All:0.00} | {phase.BetterHalf:0.00} |");
        }
    }

    private static void StudyTable(ReplayStudy study, IReadOnlyList<RecordedTrial> recording)
    {
        StudyResult result = study.Run(recording);
        Line($"\n{study.Replays} replays of {study.Configurations} of them in random order, {study.Workers} workers, seed {study.Seed}:\n");
        Console.WriteLine("| policy | winner kept | within 0.5 points | mean regret, points | 95 % of regrets at most | cost, full trainings | time |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (StudyRow row in result.Rows)
        {
            Line($"| {row.Policy} | {(double)row.Kept / row.Replays:0%} | {(double)row.Near / row.Replays:0%} | {100 * row.Regret:0.00} | {100 * row.Regret95:0.00} | {row.Cost:0.0} | {row.Time:0.0} |");
        }

        Line($"\nSame phase: {result.Audited}; of the trials that it did stop (known here only), {result.Stopped.Wrong} of {result.Stopped.Audited} would have won: {result.Stopped.Rate:0.0%}.");
        foreach (StudyCorrelation rung in result.Correlations)
        {
            Line($"Rungs {rung.Lower} and {rung.Lower + 1}, at the end of the searches: rho {rung.Rho:0.00}, lower bound {rung.LowerBound:0.00} on average; enough pairs to switch by in {rung.Known} of {rung.Replays}, halving off in {rung.SwitchedOff}.");
        }

        Console.WriteLine();
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
