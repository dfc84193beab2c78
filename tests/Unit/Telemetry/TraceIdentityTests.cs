using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Telemetry;
using Xunit;

namespace Sweeper.Tests.Unit.Telemetry;

public sealed class TraceIdentityTests
{
    private static readonly DateTimeOffset CreatedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Attempt_SameSweep_IsTheSameInEveryProcess()
    {
        Assert.Equal(Attempt("a", CreatedAt, 1), Attempt("a", CreatedAt, 1));
        Assert.True(ActivityContext.TryParse(TraceIdentity.Format(Attempt("a", CreatedAt, 1)), null, out ActivityContext parsed));
        Assert.Equal(Attempt("a", CreatedAt, 1), parsed);
    }

    [Fact]
    public void Attempt_AnythingElse_IsAnother()
    {
        ActivityContext[] others = [Attempt("a", CreatedAt, 1), Attempt("b", CreatedAt, 1), Attempt("a", CreatedAt.AddTicks(1), 1), Attempt("a", CreatedAt, 2)];

        Assert.Equal(others.Length, others.Select(context => context.SpanId).Distinct().Count());
        Assert.Equal(3, others.Select(context => context.TraceId).Distinct().Count()); // attempts of one sweep share their trace
    }

    [Fact]
    public void Start_KnownSpan_HasTheIdentityThatItWasGiven()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SweeperTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        ActivityContext root = TraceIdentity.Root("a", CreatedAt);
        ActivityContext self = TraceIdentity.Sweep(root, "a");

        using var around = new Activity("around");
        around.Start();
        using Activity? sweep = KnownSpan.Start(Spans.Sweep, self, root, CreatedAt);
        using Activity? below = SweeperTelemetry.Source.StartActivity(Spans.Cell);

        Assert.NotNull(sweep);
        Assert.NotNull(below);
        Assert.Equal((self.SpanId, self.TraceId, default), (sweep.SpanId, sweep.TraceId, sweep.ParentSpanId));
        Assert.Equal((self.SpanId, self.TraceId), (below.ParentSpanId, below.TraceId));
        Assert.Equal(CreatedAt.UtcDateTime, sweep.StartTimeUtc);
        Assert.Equal(TraceIdentity.Format(self), sweep.Id);
    }

    [Fact]
    public void Share_ManySpans_IsSpreadEvenly()
    {
        double[] shares = [.. Enumerable.Range(1, 1000).Select(attempt => TraceIdentity.Share(Attempt("a", CreatedAt, attempt).SpanId))];

        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        Assert.InRange(shares.Average(), 0.45, 0.55);
    }

    private static ActivityContext Attempt(string sweep, DateTimeOffset at, int attempt)
    {
        ActivityContext cell = TraceIdentity.Cell(TraceIdentity.Sweep(TraceIdentity.Root(sweep, at), sweep), 3);
        return TraceIdentity.Attempt(TraceIdentity.Job(cell, new JobKey(sweep, JobKind.Trial, 7)), attempt);
    }
}
