using Sweeper.Contracts.Errors;
using Sweeper.Grains.Store;

namespace Sweeper.Silo;

/// <summary>Health endpoints. Live: the process answers. Ready: the silo is part of its cluster, has devices and reaches its store.</summary>
internal static class Health
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(
        ISiloStatusOracle membership, WorkerAnnouncer announcer, ISweepStore store, IHostApplicationLifetime life, CancellationToken stop)
    {
        if (life.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("the silo is ending");
        }

        if (membership.CurrentStatus != SiloStatus.Active)
        {
            return NotReady($"the silo is {membership.CurrentStatus}");
        }

        if (!announcer.Announced)
        {
            return NotReady("the devices are being discovered");
        }

        try
        {
            await store.ListAsync(stop);
            return Results.Text("ready");
        }
        catch (StoreUnavailableException error)
        {
            return NotReady(error.Message);
        }
    }

    private static IResult NotReady(string reason) => Results.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable);
}
