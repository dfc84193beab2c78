using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Sweeper.Silo.Telemetry;

/// <summary>
/// Keeps what belongs to the trace of a sweep. The calls by which silos keep each other informed, several a second, belong to
/// none and are left out.
/// </summary>
internal sealed class OwnTracesSampler : Sampler
{
    /// <inheritdoc />
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            ? SamplingDecision.RecordAndSample
            : SamplingDecision.Drop);
}
