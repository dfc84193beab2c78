using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Telemetry;

/// <summary>What a log record is about, under the same names as in spans.</summary>
internal static class LogScopes
{
    /// <summary>Records about an attempt.</summary>
    public static IDisposable? Attempt(ILogger logger, JobKey key, int attempt) => logger.BeginScope(Tags(key, attempt));

    /// <summary>Records about an event of a sweep.</summary>
    public static IDisposable? Of(ILogger logger, string sweep, SweepEvent change) => logger.BeginScope(change switch
    {
        SweepEvent.JobEnded ended => Tags(ended.Key, ended.Attempt),
        SweepEvent.JobLost lost => Tags(lost.Key, lost.Attempt),
        SweepEvent.Measured measured => Tags(measured.Key, measured.Attempt),
        SweepEvent.Reused reused => Tags(reused.Key, null),
        _ => [new(Attributes.Sweep, sweep)],
    });

    private static KeyValuePair<string, object?>[] Tags(JobKey key, int? attempt) =>
    [
        new(Attributes.Sweep, key.Sweep),
        new(Attributes.Job, key.ShortName),
        new(Attributes.JobKind, Outcomes.Kind(key.Kind)),
        .. attempt is { } number ? [new(Attributes.Attempt, number)] : Array.Empty<KeyValuePair<string, object?>>(),
    ];
}
