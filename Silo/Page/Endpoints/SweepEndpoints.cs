using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Silo.Page.Access;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>Sweeps as they stand.</summary>
internal sealed class SweepEndpoints(IGrainFactory grains, SiloOptions options, AnalysisCache analyses)
{
    /// <summary>Rows of the leaderboard that are sent.</summary>
    private const int MostRows = 200;

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("sweeps", async () => Json(await Results.ListAsync()));
        api.MapGet("workers", async () => Json(await WorkersAsync()));
        api.MapGet("sweeps/{name}", async (HttpContext http, string name) => Json(await PageAsync(name, PageUser.Of(http))));
        api.MapGet("sweeps/{name}/analysis", async (string name) => Json(await analyses.OfAsync(name)));
    }

    private IResultsGrain Results => grains.GetGrain<IResultsGrain>(0);

    private async Task<SweepPage> PageAsync(string name, PageUser user)
    {
        // What the coordinator has in memory first: it is what the stream goes on from, and it knows whether the sweep exists.
        SweepChanges now = await grains.GetGrain<ISweepGrain>(name).GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero);
        Task<SweepNotes> notes = Results.GetNotesAsync(name);
        ImmutableArray<WorkerStatus> workers = await WorkersAsync();
        SweepNotes noted = await notes;
        ImmutableArray<LeaderboardRow> rows = Leaderboard.Of(now.Trials, now.Spec.Search.Ranking);
        return new SweepPage(
            now.Mark,
            now.AtWork,
            now.CreatedAt,
            now.View with { Cells = [] },
            SweepJson.SpecElement(now.Spec),
            SpecYaml.Write(now.Spec),
            LimitSetting.Of(now.Spec),
            now.Cells,
            TrialColumns.Of(now.Trials),
            [.. rows.Take(MostRows)],
            rows.Length,
            noted.Stopping,
            noted.Changes,
            noted.BatchRule,
            noted.WarmStart,
            workers,
            Reached(now),
            now.SubmittedBy,
            user.MayChange(now.SubmittedBy),
            now.TraceId,
            options.Page.LinkTo(now.TraceId));
    }

    private Task<ImmutableArray<WorkerStatus>> WorkersAsync() => grains.GetGrain<IWorkerPoolGrain>(0).ListAsync();

    private static bool Reached(SweepChanges now) => now.View.Status != SweepStatus.Cancelled && now.Spec.Purpose switch
    {
        SweepPurpose.RangeTestsOnly => now.Cells.Any(cell => cell.Findings is not null),
        SweepPurpose.ResumeCheck => now.Trials.Any(trial => trial.Outcome is JobOutcome.ResumeChecked { Equal: true }),
        _ => now.Trials.Any(trial => trial.Score is not null),
    };

    private static IResult Json<T>(T value) => Microsoft.AspNetCore.Http.Results.Json(value, ResultsJson.OneLine);
}
