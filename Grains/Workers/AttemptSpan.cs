using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Telemetry;

namespace Sweeper.Grains.Workers;

/// <summary>An attempt's span, current on the attempt's thread.</summary>
internal sealed class AttemptSpan : IDisposable
{
    private readonly Activity? _span;
    private readonly JobTicket _ticket;

    private AttemptSpan(Activity? span, JobTicket ticket) => (_span, _ticket) = (span, ticket);

    /// <summary>What it is, once it has ended; invalid where it is not kept.</summary>
    public ActivityContext Kept => _span is { Recorded: true } kept ? kept.Context : default;

    /// <summary>Begins it.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="worker">Where it runs.</param>
    /// <param name="request">The call that brought the job: the attempt outlives it, so it is a link and no parent.</param>
    public static AttemptSpan Begin(JobTicket ticket, WorkerKey worker, ActivityContext request)
    {
        if (!ActivityContext.TryParse(ticket.Trace, null, isRemote: true, out ActivityContext job))
        {
            return new AttemptSpan(null, ticket);
        }

        Activity? span = KnownSpan.Start(
            Spans.Attempt,
            TraceIdentity.Attempt(job, ticket.Attempt),
            job,
            kind: ActivityKind.Consumer,
            links: request == default ? null : [new ActivityLink(request)]);
        if (span is not null)
        {
            JobTags.Identity(span, ticket.Key, cell: null);
            JobTags.Configuration(span, ticket.Configuration);
            span.SetTag(Attributes.Attempt, ticket.Attempt).SetTag(Attributes.Worker, worker.ToString());
        }

        return new AttemptSpan(span, ticket);
    }

    /// <summary>Notes how it ended.</summary>
    /// <param name="report">The worker's last word.</param>
    /// <param name="error">What was thrown; null: nothing.</param>
    /// <param name="handBack">Whether a stop hands the job back.</param>
    public void Note(JobReport report, Exception? error, bool handBack)
    {
        if (_span is null)
        {
            return;
        }

        if (error is not null)
        {
            _span.AddException(error);
        }

        JobTags.Outcome(_span, report.Outcome, _ticket.Spec.Search.SelectBy);
        _span.SetTag(Attributes.Steps, report.Run.Steps).SetTag(Attributes.ImagesPerSecond, report.Run.ImagesPerSecond);
        if (handBack && report.Outcome is JobOutcome.Stopped)
        {
            _span.SetTag(Attributes.Outcome, Outcomes.HandedBack);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _span?.Dispose();
}
