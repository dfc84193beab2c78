using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Client.Connecting;

/// <summary>The console's part of a sweep's trace: its submission. Nothing listens before and after.</summary>
internal static class ConsoleTrace
{
    /// <summary>Longest time that a receiver may keep the console waiting.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(2);

    /// <summary>Submits a spec; its span is where the sweep's trace begins.</summary>
    /// <param name="spec">Spec.</param>
    /// <param name="otlp">Where the span goes; null: where the environment says.</param>
    /// <param name="submit">Submits it.</param>
    public static async Task<SubmitResult> SubmitAsync(SweepSpec spec, string? otlp, Func<Task<SubmitResult>> submit)
    {
        if (!OtlpEndpoint.Use(otlp))
        {
            return await submit();
        }

        using TracerProvider traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService(
                Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") is { Length: > 0 } name ? name : "sweeper", serviceNamespace: "sweeper"))
            .AddSource(SweeperTelemetry.Name, SweeperTelemetry.OrleansCalls)
            .SetSampler(new AlwaysOnSampler())
            .AddOtlpExporter()
            .Build();
        try
        {
            using Activity? span = SweeperTelemetry.Source.StartActivity(Spans.Submit, ActivityKind.Client)?.SetTag(Attributes.Sweep, spec.Name);
            SubmitResult result = await submit();
            if (result.Status == SubmitStatus.Refused)
            {
                span?.SetTag(Attributes.ErrorType, "refused").SetStatus(ActivityStatusCode.Error, string.Join("; ", result.Problems.Select(problem => problem.Message)));
            }

            return result;
        }
        finally
        {
            await Task.Run(() => traces.Shutdown((int)FlushLimit.TotalMilliseconds));
        }
    }
}
