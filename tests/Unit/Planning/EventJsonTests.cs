using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Store;
using Sweeper.Grains.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

public sealed class EventJsonTests
{
    private static readonly DateTimeOffset At = SweepScript.Epoch.AddTicks(1);
    private static readonly RunInfo Run = Outcomes.Run(7, At, 2.5) with { ImagesPerSecond = double.NaN };
    private static readonly JobOutcome.Trained NoNumber = new(new TrialScore(double.NaN, null, null, double.PositiveInfinity, 1 / 3.0, "ab"));

    public static TheoryData<SweepEvent> Events =>
    [
        new SweepEvent.Submitted(At, null, PlannerRules.Current),
        new SweepEvent.Activated(At),
        new SweepEvent.SlotGranted(new SlotLease(long.MaxValue, SweepScript.Worker), At),
        new SweepEvent.Reused(
            new SlotLease(3, SweepScript.Worker), SweepScript.TrialKey(1), NoNumber, Run with { Platform = "p", ReusedFrom = new JobKey("other", JobKind.Trial, 7) }, At),
        new SweepEvent.SlotGranted(new SlotLease(2, SweepScript.Worker, 1, Prefetch: true), At),
        new SweepEvent.Prefetched(long.MinValue, At),
        new SweepEvent.PrefetchReturned(SweepScript.TrialKey(4), 17, At),
        new SweepEvent.PrefetchEnded(At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(1), 2, NoNumber, Run, At, Successor: 9),
        new SweepEvent.JobEnded(SweepScript.TrialKey(1), 2, NoNumber, Run, At),
        new SweepEvent.JobEnded(SweepScript.TestKey(1), 1, Outcomes.Tested(0.3), Run, At),
        new SweepEvent.JobEnded(SweepScript.TestKey(1), 1, Outcomes.Tested(null), Run, At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(3), 1, new JobOutcome.ResumeChecked(3, "a", "a", NoNumber.Score), Run, At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(3), 1, Outcomes.Diverged(), Run, At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(3), 1, Outcomes.OutOfMemory(), Run, At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(3), 1, new JobOutcome.Failed("ä\n\"quoted\"", WorkerLost: true), Run, At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(3), 1, Outcomes.Stopped(), Run, At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(3), 1, Outcomes.StoppedEarly(), Run, At),
        new SweepEvent.JobEnded(SweepScript.TrialKey(1), 2, NoNumber with { Audit = Outcomes.Against() }, Run, At),
        new SweepEvent.JobLost(SweepScript.TrialKey(1), 1, "gone", true, At),
        new SweepEvent.Paused(At),
        new SweepEvent.Resumed(At),
        new SweepEvent.Cancelled(At),
        new SweepEvent.WallTimeReached(At),
        new SweepEvent.Submitted(At, new SweepGeneration("x", 2, "seed: 1 -> 2")),
        new SweepEvent.LimitsSet(new LimitsSpec(3, 4.5, TimeSpan.FromMinutes(90), null, 7), "what", "anna@host", At),
        new SweepEvent.LimitsSet(new LimitsSpec(), "what", "anna@host", At, new SharingSpec(-3, 0.5, Preempt: true, Together: 4)),
        new SweepEvent.Submitted(At, By: "anna@host"),
        new SweepEvent.Extended(5, 6, "what", "anna@host", At),
        new SweepEvent.Enqueued(new Configuration(0.3, 64, 1e-4, 0.1), 2, "anna@host", At),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Read_WhatWasWritten_IsTheEvent(SweepEvent change)
    {
        StoredEvent row = EventJson.Write(5, change);

        Assert.Equal((5, At, change.GetType().Name), (row.Sequence, row.At, row.Kind));
        Assert.Equal(change, EventJson.Read(row));
    }

    [Fact]
    public void Write_WithoutPrefetch_IsAsBeforeThereWasAny()
    {
        SweepEvent[] events = [new SweepEvent.SlotGranted(new SlotLease(2, SweepScript.Worker), At), new SweepEvent.JobEnded(SweepScript.TrialKey(1), 2, NoNumber, Run, At)];

        Assert.All(events, change => Assert.DoesNotMatch("prefetch|successor", EventJson.Write(5, change).Payload));
    }

    [Fact]
    public void Read_Retry_KeepsItsJobsInOrder()
    {
        var retried = new SweepEvent.Retried([SweepScript.TrialKey(2), SweepScript.TestKey(1)], At);

        var read = Assert.IsType<SweepEvent.Retried>(EventJson.Read(EventJson.Write(1, retried)));

        Assert.Equal(retried.Jobs, read.Jobs);
    }

    [Fact]
    public void Read_WarmStart_KeepsWhatWasTaken()
    {
        WarmStart taken = WarmStarts.Of(3);

        var read = Assert.IsType<SweepEvent.WarmStarted>(EventJson.Read(EventJson.Write(2, new SweepEvent.WarmStarted(taken, At))));

        Assert.Equal(taken.Results, read.Taken.Results);
        Assert.Equal(taken.Sources, read.Taken.Sources);
        Assert.Equal(taken.Words, read.Taken.Words);
    }

    [Fact]
    public void Read_Readings_AreKeptInOrder()
    {
        ImmutableArray<CycleReading> readings = [new(0.1, 0.2), new(1, 1 / 3.0)];
        var measured = new SweepEvent.Measured(SweepScript.TrialKey(2), 1, readings, Outcomes.Against(), Stop: true, At);
        var ended = new SweepEvent.JobEnded(SweepScript.TrialKey(2), 1, NoNumber, Run, At, readings);

        var measuredRead = Assert.IsType<SweepEvent.Measured>(EventJson.Read(EventJson.Write(1, measured)));
        var endedRead = Assert.IsType<SweepEvent.JobEnded>(EventJson.Read(EventJson.Write(1, ended)));

        Assert.Equal(readings, measuredRead.Readings);
        Assert.Equal(measured, measuredRead with { Readings = readings });
        Assert.Equal(readings, endedRead.Readings!.Value);
    }

    [Fact]
    public void Events_OfThisTest_CoverEveryKind()
    {
        var covered = Events.Select(row => row.Data.GetType()).Append(typeof(SweepEvent.Retried)).Append(typeof(SweepEvent.Measured)).Append(typeof(SweepEvent.WarmStarted)).ToHashSet();

        Assert.Equal([], typeof(SweepEvent).GetNestedTypes().Where(type => !covered.Contains(type)));
    }
}
