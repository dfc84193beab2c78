using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Workers.External;
using Sweeper.Silo.Page.Access;
using Sweeper.Silo.Page.Serving;
using Sweeper.Training.Data;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>
/// Takes a spec, YAML or JSON, as <c>sweeper submit</c> reads it. Data may be named below the permitted folders only, on every
/// silo: whoever submits over HTTP is not the user that the silo runs as.
/// </summary>
internal sealed class SubmitEndpoint(IGrainFactory grains, SiloOptions options, PageAudit audit)
{
    /// <summary>Largest spec, in bytes.</summary>
    public const int MostBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly PermittedFolders _permitted = DataLocations.NamedFolders(options.DataDirectory, options.DataRoots);

    /// <summary>What became of it.</summary>
    /// <param name="Sweep">Name of the sweep.</param>
    /// <param name="Status">What became of it.</param>
    internal sealed record Submission(string Sweep, SubmitStatus Status);

    /// <summary>Maps it.</summary>
    public void Map(IEndpointRouteBuilder api) => api.MapPost("sweeps", (Delegate)SubmitAsync);

    private async Task<IResult> SubmitAsync(HttpContext http)
    {
        PageUser user = PageUser.Of(http);
        if (user.Role == AccessRole.Viewer)
        {
            return await RefuseAsync(http, user, null, $"'{user.Name}' is a viewer: only submitters and admins submit sweeps.");
        }

        SpecReading reading = SpecReader.Read(await TextAsync(http));
        if (reading.Spec is not { } spec || !reading.Problems.IsEmpty)
        {
            return Bad(reading.Problems);
        }

        (string Field, string? Path)[] paths = [("data.path", spec.Data.Path), ("data.test_path", spec.Data.TestPath), ("model.script", spec.Model.Script)];
        foreach ((string field, string? path) in paths)
        {
            if (path is not null && _permitted.ComplaintOf(path) is { } complaint)
            {
                await audit.RefusedAsync(http, user, "submit", spec.Name, Caller.Clean(complaint));
                return Bad([new SpecProblem(field, path, complaint)]);
            }
        }

        if (spec.Trainer is { } trainer && PermittedCommands.Read(options.Commands) is not { Listed.IsEmpty: false })
        {
            const string Complaint = "commands are taken over HTTP only where the silo's operator lists them, with --commands PATH";
            await audit.RefusedAsync(http, user, "submit", spec.Name, Caller.Clean(Complaint));
            return Bad([new SpecProblem("trainer.command", trainer.CommandLine, Complaint)]);
        }

        ISweepGrain sweep = grains.GetGrain<ISweepGrain>(spec.Name);
        if (await OwnerAsync(sweep) is (true, var owner) && !user.MayChange(owner))
        {
            return await RefuseAsync(http, user, spec.Name, $"There is a sweep '{spec.Name}' of {owner ?? "somebody who did not say"} already; choose another name.");
        }

        SubmitResult result = await sweep.SubmitAsync(spec, by: user.Name);
        return result.Status == SubmitStatus.Refused
            ? Bad(result.Problems)
            : Results.Json(new Submission(spec.Name, result.Status), ResultsJson.OneLine, statusCode: result.Status == SubmitStatus.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<string> TextAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
        try
        {
            return Strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException broken)
        {
            throw new BadHttpRequestException($"it is no UTF-8 text (byte {broken.Index}); a spec is YAML or JSON text.");
        }
    }

    private static async Task<(bool Exists, string? Owner)> OwnerAsync(ISweepGrain sweep)
    {
        try
        {
            return (true, (await sweep.GetChangesAsync(null, wholeCurves: false, TimeSpan.Zero)).SubmittedBy);
        }
        catch (SweepNotFoundException)
        {
            return (false, null);
        }
    }

    private async Task<IResult> RefuseAsync(HttpContext http, PageUser user, string? sweep, string reason)
    {
        await audit.RefusedAsync(http, user, "submit", sweep, reason);
        return Refusals.Of(StatusCodes.Status403Forbidden, reason);
    }

    private static IResult Bad(ImmutableArray<SpecProblem> problems) => Refusals.Of(
        StatusCodes.Status400BadRequest, new Refusal($"The spec was not taken: {string.Join("; ", problems)}.", problems));
}
