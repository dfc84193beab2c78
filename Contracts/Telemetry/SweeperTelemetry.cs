using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Sweeper.Contracts.Telemetry;

/// <summary>Where Sweeper's spans and measurements come from. Without a listener both cost a null check.</summary>
public static class SweeperTelemetry
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "Sweeper";

    /// <summary>Orleans' source of spans of grain calls.</summary>
    public const string OrleansCalls = "Microsoft.Orleans.Application";

    /// <summary>Spans; their names are <see cref="Spans"/>.</summary>
    public static ActivitySource Source { get; } = new(Name, Version);

    /// <summary>Measurements; the instruments are <see cref="Instruments"/>.</summary>
    public static Meter Meter { get; } = new(Name, Version);

    private static string? Version => typeof(SweeperTelemetry).Assembly.GetName().Version?.ToString(3);
}
