using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Telemetry;

namespace Sweeper.Silo.Telemetry;

/// <summary>Wires spans, measurements and logs to exporters. Where nobody asked, nothing listens and nothing is paid.</summary>
internal static class SiloTelemetry
{
    /// <summary>Time that a span waits for others to be sent with: what a silo that is killed takes along.</summary>
    private const int DelayMilliseconds = 1000;

    /// <summary>Adds what is asked for.</summary>
    /// <param name="builder">Builds the silo.</param>
    /// <param name="options">Options.</param>
    /// <param name="otlp">Whether there is an endpoint to send to.</param>
    public static void Add(WebApplicationBuilder builder, SiloOptions options, bool otlp)
    {
        if (!otlp && !options.Metrics)
        {
            return;
        }

        _ = Instruments.All; // made now, so that they can be seen before the first sweep
        GpuGauges.ReadWith(NvidiaDriver.Read);
        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, options))
            .WithMetrics(metrics => Measure(metrics, otlp, options.Metrics));
        if (otlp)
        {
            telemetry.WithTracing(tracing => tracing
                .AddSource(SweeperTelemetry.Name, SweeperTelemetry.OrleansCalls)
                .SetSampler(new OwnTracesSampler())
                .AddProcessor(_ => new TrialSampler(Exporter(), options.TraceShare)));
            telemetry.WithLogging(logs => logs.AddOtlpExporter(), log => (log.IncludeScopes, log.IncludeFormattedMessage) = (true, true));
        }
    }

    /// <summary>Serves the measurements to Prometheus, where that is asked for.</summary>
    public static void Map(WebApplication app, SiloOptions options)
    {
        if (options.Metrics)
        {
            app.MapPrometheusScrapingEndpoint("/metrics");
        }
    }

    private static void Measure(MeterProviderBuilder metrics, bool otlp, bool prometheus)
    {
        metrics.AddMeter(SweeperTelemetry.Name, "Microsoft.Orleans", "System.Runtime").SetExemplarFilter(ExemplarFilterType.TraceBased);
        if (otlp)
        {
            metrics.AddOtlpExporter();
        }

        if (prometheus)
        {
            metrics.AddPrometheusExporter();
        }
    }

    private static BatchActivityExportProcessor Exporter()
    {
        var batch = new BatchExportActivityProcessorOptions(); // reads OTEL_BSP_*
        int delay = Environment.GetEnvironmentVariable("OTEL_BSP_SCHEDULE_DELAY") is { Length: > 0 } ? batch.ScheduledDelayMilliseconds : DelayMilliseconds;
        return new BatchActivityExportProcessor(
            new OtlpTraceExporter(new OtlpExporterOptions()), batch.MaxQueueSize, delay, batch.ExporterTimeoutMilliseconds, batch.MaxExportBatchSize);
    }

    private static void Describe(ResourceBuilder resource, SiloOptions options) => resource.AddService(
        Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") is { Length: > 0 } name ? name : "sweeper-silo",
        serviceNamespace: "sweeper",
        serviceVersion: typeof(SiloTelemetry).Assembly.GetName().Version?.ToString(3),
        autoGenerateServiceInstanceId: false,
        serviceInstanceId: options.Node);
}
