using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Contracts.Telemetry;

/// <summary>
/// Identities of a sweep's spans, worked out from what the sweep is. A coordinator that starts anew, on whichever silo, and
/// every attempt of a job thus find their place in the same trace, and nothing has to be kept for it.
/// </summary>
public static class TraceIdentity
{
    /// <summary>Where the sweep's span lies where no console was traced: at the root of a trace of its own.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="createdAt">When it was submitted: a deleted sweep's name may be used again.</param>
    public static ActivityContext Root(string sweep, DateTimeOffset createdAt)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{sweep}\0{createdAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}"), hash);
        return new ActivityContext(ActivityTraceId.CreateFromBytes(hash[..16]), default, ActivityTraceFlags.Recorded);
    }

    /// <summary>The sweep's span.</summary>
    /// <param name="parent">Its parent, or <see cref="Root"/>.</param>
    /// <param name="sweep">Name of the sweep.</param>
    public static ActivityContext Sweep(ActivityContext parent, string sweep) => Below(parent, $"sweep {sweep}");

    /// <summary>A cell's span.</summary>
    /// <param name="sweep">The sweep's.</param>
    /// <param name="number">Number of the cell.</param>
    public static ActivityContext Cell(ActivityContext sweep, int number) => Below(sweep, string.Create(CultureInfo.InvariantCulture, $"cell {number}"));

    /// <summary>A job's span.</summary>
    /// <param name="cell">The cell's.</param>
    /// <param name="key">Which job.</param>
    public static ActivityContext Job(ActivityContext cell, JobKey key) => Below(cell, key.ShortName);

    /// <summary>An attempt's span.</summary>
    /// <param name="job">The job's.</param>
    /// <param name="attempt">Number of the attempt.</param>
    public static ActivityContext Attempt(ActivityContext job, int attempt) => Below(job, string.Create(CultureInfo.InvariantCulture, $"attempt {attempt}"));

    /// <summary>A context as W3C's <c>traceparent</c>.</summary>
    public static string Format(ActivityContext context) =>
        $"00-{context.TraceId}-{context.SpanId}-{((byte)context.TraceFlags).ToString("x2", CultureInfo.InvariantCulture)}";

    /// <summary>A number in [0, 1) that belongs to a span: whether a share of all spans is to hold it.</summary>
    public static double Share(ActivitySpanId span)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        span.CopyTo(bytes);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 11) * (1.0 / (1UL << 53));
    }

    private static ActivityContext Below(ActivityContext parent, string what)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{parent.TraceId} {parent.SpanId} {what}"), hash);
        return new ActivityContext(parent.TraceId, ActivitySpanId.CreateFromBytes(hash[..8]), ActivityTraceFlags.Recorded);
    }
}
