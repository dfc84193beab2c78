using System.Collections.Immutable;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Silo.Page.Access;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>What a user may do to a sweep; each answers in the words that the console would print.</summary>
internal sealed class ActionEndpoints(IGrainFactory grains, SiloOptions options, PageAudit audit)
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
        RouteGroupBuilder sweeps = api.MapGroup("sweeps/{name}");
        sweeps.AddEndpointFilter(RequireRightAsync); // of each of them, those that are added later too
        sweeps.MapPost("pause", async (string name) => Json(await Sweep(name).PauseAsync()));
        sweeps.MapPost("resume", async (string name) => Json(await Sweep(name).ResumeAsync()));
        sweeps.MapPost("cancel", async (string name) => Json(await Sweep(name).CancelAsync()));
        sweeps.MapPost("retry", RetryAsync);
        sweeps.MapPost("limits", SetLimitsAsync);
    }

    /// <summary>Lets an admin, and whoever submitted the sweep, change its course; keeps who else tried.</summary>
    private async ValueTask<object?> RequireRightAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpContext http = context.HttpContext;
        PageUser user = PageUser.Of(http);
        string name = http.GetRouteValue("name") as string ?? "";
        string action = http.Request.Path.Value!.Split('/')[^1]; // a route was found for it
        if (user.Role == AccessRole.Viewer)
        {
            return await RefuseAsync(http, user, action, name, $"'{user.Name}' is a viewer: only submitters and admins change the course of a sweep.");
        }

        SweepChanges now = await Sweep(name).GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero);
        return user.MayChange(now.SubmittedBy)
            ? await next(context)
            : await RefuseAsync(http, user, action, name, $"'{name}' was submitted by {now.SubmittedBy ?? "somebody who did not say"}: '{user.Name}' changes the course of own sweeps only.");
    }

    private async Task<IResult> RefuseAsync(HttpContext http, PageUser user, string action, string sweep, string reason)
    {
        await audit.RefusedAsync(http, user, action == "limits" ? "set" : action, sweep, reason);
        return Refusals.Of(StatusCodes.Status403Forbidden, reason);
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
            : Json(await Sweep(name).SetLimitsAsync(set.Limits, $"{PageUser.Of(http).Name} on the page of {options.Node}", set.Sharing ?? SharingSpec.Default));
    }

    private ISweepGrain Sweep(string name) => grains.GetGrain<ISweepGrain>(name);

    private static IResult Json(ControlResult result) => Results.Json(result, ResultsJson.OneLine);
}
