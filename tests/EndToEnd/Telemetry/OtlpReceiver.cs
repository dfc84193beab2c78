using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sweeper.Tests.EndToEnd.Telemetry.Otlp;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>A receiver of OTLP on loopback, over gRPC and over HTTP: the real protocol, whatever exporter speaks it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Inbox _inbox;

    private OtlpReceiver(WebApplication app, Inbox inbox) => (_app, _inbox) = (app, inbox);

    /// <summary>Endpoint for gRPC.</summary>
    public string Grpc => Addresses[0];

    /// <summary>Endpoint for HTTP.</summary>
    public string Http => Addresses[1];

    /// <summary>Spans so far, with the service that sent them.</summary>
    public IReadOnlyList<ReceivedSpan> Spans => [.. _inbox.Spans];

    /// <summary>Log records so far.</summary>
    public IReadOnlyList<LogRecord> Logs => [.. _inbox.Logs];

    /// <summary>Measurements so far.</summary>
    public IReadOnlyList<Metric> Metrics => [.. _inbox.Metrics];

    private string[] Addresses => [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public static async Task<OtlpReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var inbox = new Inbox();
        builder.Services.AddSingleton(inbox);
        builder.Services.AddGrpc();
        WebApplication app = builder.Build();
        app.MapGrpcService<Traces>();
        app.MapGrpcService<LogRecords>();
        app.MapGrpcService<Measurements>();
        app.MapPost("/v1/traces", http => AnswerAsync(http, ExportTraceServiceRequest.Parser, inbox.Take));
        app.MapPost("/v1/logs", http => AnswerAsync(http, ExportLogsServiceRequest.Parser, inbox.Take));
        app.MapPost("/v1/metrics", http => AnswerAsync(http, ExportMetricsServiceRequest.Parser, inbox.Take));
        await app.StartAsync();
        return new OtlpReceiver(app, inbox);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync<T>(HttpContext http, MessageParser<T> parser, Action<T> take)
        where T : IMessage<T>
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        take(parser.ParseFrom(body.ToArray()));
        http.Response.ContentType = "application/x-protobuf";
    }

    private sealed class Inbox
    {
        public ConcurrentQueue<ReceivedSpan> Spans { get; } = [];

        public ConcurrentQueue<LogRecord> Logs { get; } = [];

        public ConcurrentQueue<Metric> Metrics { get; } = [];

        public void Take(ExportTraceServiceRequest request)
        {
            foreach (ResourceSpans resource in request.ResourceSpans)
            {
                string service = resource.Resource.Attributes.First(attribute => attribute.Key == "service.name").Value.StringValue;
                foreach (Span span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
                {
                    Spans.Enqueue(new ReceivedSpan(service, span));
                }
            }
        }

        public void Take(ExportLogsServiceRequest request)
        {
            foreach (LogRecord record in request.ResourceLogs.SelectMany(resource => resource.ScopeLogs).SelectMany(scope => scope.LogRecords))
            {
                Logs.Enqueue(record);
            }
        }

        public void Take(ExportMetricsServiceRequest request)
        {
            foreach (Metric metric in request.ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics))
            {
                Metrics.Enqueue(metric);
            }
        }
    }

    private sealed class Traces(Inbox inbox) : TraceService.TraceServiceBase
    {
        public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context)
        {
            inbox.Take(request);
            return Task.FromResult(new ExportTraceServiceResponse());
        }
    }

    private sealed class LogRecords(Inbox inbox) : LogsService.LogsServiceBase
    {
        public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context)
        {
            inbox.Take(request);
            return Task.FromResult(new ExportLogsServiceResponse());
        }
    }

    private sealed class Measurements(Inbox inbox) : MetricsService.MetricsServiceBase
    {
        public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context)
        {
            inbox.Take(request);
            return Task.FromResult(new ExportMetricsServiceResponse());
        }
    }
}
