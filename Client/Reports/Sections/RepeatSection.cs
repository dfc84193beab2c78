using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Client.Commands;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>What it takes to get the same figures again: command, spec, seeds, versions, devices, data.</summary>
internal static class RepeatSection
{
    private const int MostSeeds = 12;

    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material)
    {
        SweepResults results = material.Results;
        string file = $"{results.Summary.Name}.yaml";
        var blocks = ImmutableArray.CreateBuilder<ReportBlock>();
        blocks.Add(new ReportBlock.Paragraph(
            $"Save the spec as {file} and run it into a data directory of its own: a sweep that has ended is not run twice. With the same versions, device and thread count the figures are the same to the last bit."));
        blocks.Add(new ReportBlock.Code(HowToRun.Line(["run", file, "--data-dir", "repeat"]), "sh"));
        blocks.Add(new ReportBlock.Facts(Circumstances(results)));
        blocks.Add(new ReportBlock.Paragraph("The exact spec; settings that are not there have their default.", "Spec."));
        blocks.Add(new ReportBlock.Code(SpecYaml.Write(results.Spec), "yaml"));
        if (results.Spec.Purpose == SweepPurpose.Search && material.Rows is [var best, ..])
        {
            blocks.Add(new ReportBlock.Paragraph("It trains the winner alone.", "Best configuration."));
            blocks.Add(new ReportBlock.Code(SpecYaml.WriteBest(results.Spec, best.Configuration), "yaml"));
        }

        return new ReportSection("repeat", "To repeat it", blocks.ToImmutable());
    }

    private static ImmutableArray<(string Term, string Value)> Circumstances(SweepResults results)
    {
        RunInfo[] runs = [.. results.Cells.Select(cell => cell.Run).Concat(results.Trials.Select(trial => trial.Run)).OfType<RunInfo>()];
        int[] seeds = [.. results.Trials.Select(trial => trial.Seed).Distinct().Order()];
        return
        [
            ("seed of the sweep", Whole(results.Spec.Seed)),
            ("seeds of the trials", seeds.Length == 0 ? HumanText.None : string.Join(", ", seeds.Take(MostSeeds).Select(seed => Whole(seed))) + (seeds.Length > MostSeeds ? $" … ({seeds.Length})" : "")),
            ("versions", Distinct(runs, run => run.Versions)),
            ("devices", Distinct(runs, run => $"{run.Device} ({run.Worker})")),
            ("data, SHA-256", Distinct(runs, run => run.DataHash)),
            ("parameters", Distinct(runs, run => run.Parameters.ToString("N0", CultureInfo.InvariantCulture))),
            ("device time", HumanText.Duration(runs.Sum(run => run.Seconds))),
            ("submitted", Moment(results.Summary.CreatedAt)),
            ("last change", Moment(results.Summary.UpdatedAt)),
        ];
    }

    private static string Distinct(RunInfo[] runs, Func<RunInfo, string> what) =>
        runs.Length == 0 ? HumanText.None : string.Join("; ", runs.Select(what).Distinct());

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset utc) => $"{HumanText.Moment(utc, TimeZoneInfo.Utc)} UTC";
}
