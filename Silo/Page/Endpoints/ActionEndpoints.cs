using System.Collections.Immutable;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>What a user may do to a sweep; each answers in the words that the console would print.</summary>
internal sealed class ActionEndpoints(IGrainFactory grains, SiloOptions options)
{
    /// <summary>Jobs to be queued again.</summary>
    /// <param name="Jobs">Short names; none: every job that failed, ran out of memory or was stopped.</param>
    internal sealed record RetryRequest(string[]? Jobs);

    /// <summary>Limits to be set.</summary>
    /// <param name="Settings">Paths with values, as <c>sweeper set</c> takes them.</param>
    internal sealed record LimitsRequest(Dictionary<string, string>? Settings);

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("sweeps/{name}/pause", async (string name) => Json(await Sweep(name).PauseAsync()));
        api.MapPost("sweeps/{name}/resume", async (string name) => Json(await Sweep(name).ResumeAsync()));
        api.MapPost("sweeps/{name}/cancel", async (string name) => Json(await Sweep(name).CancelAsync()));
        api.MapPost("sweeps/{name}/retry", RetryAsync);
        api.MapPost("sweeps/{name}/limits", SetLimitsAsync);
    }

    private async Task<IResult> RetryAsync(HttpContext http, string name)
    {
        RetryRequest? asked = await RequestBody.ReadAsync<RetryRequest>(http.Request);
        return Json(await Sweep(name).RetryAsync([.. asked?.Jobs ?? []]));
    }

    private async Task<IResult> SetLimitsAsync(HttpContext http, string name)
    {
        LimitsRequest? asked = await RequestBody.ReadAsync<LimitsRequest>(http.Request);
        if (asked?.Settings is not { Count: > 0 } settings)
        {
            return Refusals.Of(StatusCodes.Status400BadRequest, """Name at least one limit, such as {"settings": {"limits.wall_time": "2h"}}.""");
        }

        SweepChanges now = await Sweep(name).GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero);
        (SweepSpec? set, ImmutableArray<SpecProblem> problems) = LimitSetting.Apply(now.Spec, settings);
        return set is null
            ? Refusals.Of(StatusCodes.Status400BadRequest, new Refusal($"The limits of '{name}' stay as they are: {string.Join("; ", problems)}.", problems))
            : Json(await Sweep(name).SetLimitsAsync(set.Limits, $"the page of {options.Node}", set.Sharing ?? SharingSpec.Default));
    }

    private ISweepGrain Sweep(string name) => grains.GetGrain<ISweepGrain>(name);

    private static IResult Json(ControlResult result) => Results.Json(result, ResultsJson.OneLine);
}
