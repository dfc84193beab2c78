using System.Diagnostics;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Grains.Store;

/// <summary>Spans of the store's work.</summary>
internal static class StoreTelemetry
{
    /// <summary>Does something, watched.</summary>
    /// <param name="system">Database system.</param>
    /// <param name="operation">What it is.</param>
    /// <param name="work">Does it.</param>
    public static async Task<T> WatchAsync<T>(string system, string operation, Func<Task<T>> work)
    {
        using Activity? span = SweeperTelemetry.Source.StartActivity(Spans.StoreWrite, ActivityKind.Client)
            ?.SetTag(Attributes.DbSystem, system).SetTag(Attributes.DbOperation, operation);
        try
        {
            return await work();
        }
        catch (Exception error)
        {
            span?.SetTag(Attributes.ErrorType, error.GetType().Name).SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
    }
}
