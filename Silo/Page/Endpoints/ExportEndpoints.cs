using System.Text.Json;
using Sweeper.Contracts.Exporting;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Sweeps;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>A sweep as a file, byte for byte as <c>sweeper export</c> writes it.</summary>
internal sealed class ExportEndpoints(IGrainFactory grains)
{
    private const string Trials = "trials";
    private const string RangeTests = "range_tests";
    private const string Curves = "curves";

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("sweeps/{name}/export.csv", (string name, string? what) => ExportAsync(name, what ?? Trials, csv: true));
        api.MapGet("sweeps/{name}/export.json", (string name, string? what) => ExportAsync(name, what ?? Trials, csv: false));
    }

    private async Task<IResult> ExportAsync(string name, string what, bool csv)
    {
        if (what is not (Trials or RangeTests or Curves))
        {
            return Refusals.Of(StatusCodes.Status400BadRequest, $"what must be {Trials}, {RangeTests} or {Curves}, not '{what}'.");
        }

        IResultsGrain reader = grains.GetGrain<IResultsGrain>(0);
        SweepResults results = await reader.GetAsync(name);
        string file = what == Trials ? name : $"{name}-{what}";
        if (what == Trials && !csv)
        {
            return Results.Stream(stream => JsonSerializer.SerializeAsync(stream, SweepJson.Of(results), ResultsJson.Indented), "application/json", $"{file}.json");
        }

        ExportTable table = what switch
        {
            Trials => SweepTables.Trials(results),
            RangeTests => SweepTables.RangeTests(results),
            _ => SweepTables.Curves(name, await CurvesAsync(reader, results)),
        };
        return csv
            ? Results.Stream(stream => CsvWriter.WriteAsync(table, stream), "text/csv; charset=utf-8", $"{file}.csv")
            : Results.Stream(stream => JsonTableWriter.WriteAsync(table, stream), "application/json", $"{file}.json");
    }

    private static async Task<List<(JobKey Job, JobCurves Curves)>> CurvesAsync(IResultsGrain reader, SweepResults results)
    {
        List<(JobKey, JobCurves)> all = [];
        foreach (JobKey job in results.Cells.Select(cell => new JobKey(results.Summary.Name, JobKind.RangeTest, cell.Number))
            .Concat(results.Trials.Select(trial => new JobKey(results.Summary.Name, JobKind.Trial, trial.Number))))
        {
            if (await reader.GetCurvesAsync(job) is { } curves)
            {
                all.Add((job, curves));
            }
        }

        return all;
    }
}
