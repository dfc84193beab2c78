using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Silo.Telemetry;

/// <summary>
/// Keeps a share of the trials, and every one that failed, diverged, was lost or tried again: that is known only at its end,
/// so the spans of an attempt wait for it where the share is less than all.
/// </summary>
/// <param name="next">Takes what is kept.</param>
/// <param name="share">Share of trials to keep, in [0, 1].</param>
internal sealed class TrialSampler(BaseProcessor<Activity> next, double share) : CompositeProcessor<Activity>([next])
{
    private readonly ConcurrentDictionary<Activity, ConcurrentQueue<Activity>> _waiting = [];

    /// <inheritdoc />
    public override void OnStart(Activity data)
    {
        if (share < 1 && data.DisplayName == Spans.Attempt && data.Source.Name == SweeperTelemetry.Name && data.HasRemoteParent)
        {
            _waiting[data] = [];
        }
    }

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (share >= 1)
        {
            base.OnEnd(data);
        }
        else if (data.Source.Name == SweeperTelemetry.Name && data.DisplayName is Spans.Attempt or Spans.Trial or Spans.RangeTest)
        {
            Decide(data);
        }
        else if (AttemptOf(data) is { } waiting)
        {
            waiting.Enqueue(data);
        }
        else
        {
            base.OnEnd(data);
        }
    }

    private ConcurrentQueue<Activity>? AttemptOf(Activity span)
    {
        for (Activity? above = span.Parent; above is not null; above = above.Parent)
        {
            if (_waiting.TryGetValue(above, out ConcurrentQueue<Activity>? waiting))
            {
                return waiting;
            }
        }

        return null;
    }

    private void Decide(Activity span)
    {
        _waiting.TryRemove(span, out ConcurrentQueue<Activity>? below);
        ActivitySpanId job = span.DisplayName == Spans.Attempt ? span.ParentSpanId : span.SpanId;
        bool keep = span.Status == ActivityStatusCode.Error
            || span.GetTagItem(Attributes.Attempt) is > 1
            || span.GetTagItem(Attributes.Attempts) is > 1
            || span.GetTagItem(Attributes.Outcome) is Outcomes.HandedBack
            || TraceIdentity.Share(job) < share;
        if (!keep)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // nothing is to be put below it any more
            return;
        }

        foreach (Activity part in below ?? [])
        {
            base.OnEnd(part);
        }

        base.OnEnd(span);
    }
}
