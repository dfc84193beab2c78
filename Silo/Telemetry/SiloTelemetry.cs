using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Silo.Telemetry;

/// <summary>Wires spans to an exporter. Where nobody asked, nothing listens and nothing is paid.</summary>
internal static class SiloTelemetry
{
    /// <summary>Orleans' source of spans of grain calls.</summary>
    private const string OrleansCalls = "Microsoft.Orleans.Application";

    /// <summary>Time that a span waits for others to be sent with: what a silo that is killed takes along.</summary>
    private const int DelayMilliseconds = 1000;

    /// <summary>Adds what the options ask for.</summary>
    public static void Add(WebApplicationBuilder builder, SiloOptions options)
    {
        if (!OtlpEndpoint.Use(options.Otlp))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, options))
            .WithTracing(tracing => tracing
                .AddSource(SweeperTelemetry.Name, OrleansCalls)
                .SetSampler(new OwnTracesSampler())
                .AddProcessor(_ => new TrialSampler(Exporter(), options.TraceShare)));
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
