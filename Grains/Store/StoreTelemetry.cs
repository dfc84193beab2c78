using System.Diagnostics;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Grains.Store;

/// <summary>Spans and measurements of the store's work.</summary>
internal static class StoreTelemetry
{
    /// <summary>A question: short and frequent, so it has no span.</summary>
    public const string Read = "read";

    /// <summary>Does something, watched.</summary>
    /// <param name="system">Database system.</param>
    /// <param name="operation">What it is.</param>
    /// <param name="work">Does it.</param>
    public static async Task<T> WatchAsync<T>(string system, string operation, Func<Task<T>> work)
    {
        long start = Stopwatch.GetTimestamp();
        string? failure = null;
        using Activity? span = operation == Read ? null : SweeperTelemetry.Source.StartActivity(Spans.StoreWrite, ActivityKind.Client)
            ?.SetTag(Attributes.DbSystem, system).SetTag(Attributes.DbOperation, operation);
        try
        {
            return await work();
        }
        catch (Exception error)
        {
            failure = error.GetType().Name;
            span?.SetTag(Attributes.ErrorType, failure).SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
        finally
        {
            var tags = new TagList { { Attributes.DbSystem, system }, { Attributes.DbOperation, operation } };
            if (failure is not null)
            {
                tags.Add(Attributes.ErrorType, failure);
            }

            Instruments.StoreDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, tags);
        }
    }
}
