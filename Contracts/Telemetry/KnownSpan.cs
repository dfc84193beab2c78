using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sweeper.Contracts.Telemetry;

/// <summary>Spans whose identity is given (<see cref="TraceIdentity"/>) and that may have begun before this process did.</summary>
public static class KnownSpan
{
    /// <summary>Starts one and makes it current; null where nobody listens.</summary>
    /// <param name="name">Of <see cref="Spans"/>.</param>
    /// <param name="self">Its identity.</param>
    /// <param name="parent">Its parent; one without a span of its own: it is the root of that trace, and nothing is current after it.</param>
    /// <param name="start">When it began; null: now.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="links">What else led to it.</param>
    public static Activity? Start(
        string name,
        ActivityContext self,
        ActivityContext parent,
        DateTimeOffset? start = null,
        ActivityKind kind = ActivityKind.Internal,
        IEnumerable<ActivityLink>? links = null)
    {
        Activity? activity = SweeperTelemetry.Source.CreateActivity(name, kind, parent, tags: null, links, ActivityIdFormat.W3C);
        if (activity is null)
        {
            return null;
        }

        if (start is { } at)
        {
            activity.SetStartTime(at.UtcDateTime);
        }

        if (parent.SpanId == default)
        {
            Activity.Current = null; // a root takes whatever is current for its parent
        }

        activity.Start();
        SpanIdOf(activity) = self.SpanId.ToHexString();
        return activity;
    }

    /// <summary>
    /// .NET draws a span's identity when it starts and has no way to give one; the trace of a sweep that outlives processes
    /// needs it. Set before anybody could have read it. A unit test sees to it that the field is still there.
    /// </summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanIdOf(Activity activity);
}
