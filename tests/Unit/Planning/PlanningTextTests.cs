using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Events and outcomes in words.</summary>
public sealed class PlanningTextTests
{
    public static TheoryData<string, JobOutcome, string> Kinds => new()
    {
        { "trained", Outcomes.Trained(), "validation 91.00%, test 90.00%" },
        { "trained", Outcomes.Trained(validation: null), "test 90.00%" },
        { "range_tested", Outcomes.Tested(0.85), "max LR 0.85, super-convergence possible" },
        { "range_tested", Outcomes.Tested(null), "accuracy never left chance" },
        { "resume_checked", new JobOutcome.ResumeChecked(7, "aa", "aa", Outcomes.Trained().Score), "interrupted at step 7, resumed, equal bit for bit" },
        { "resume_checked", new JobOutcome.ResumeChecked(7, "aa", "ab", Outcomes.Trained().Score), "interrupted at step 7, resumed, NOT equal" },
        { "diverged", Outcomes.Diverged(), "diverged at step 17, LR 0.5: loss is NaN" },
        { "out_of_memory", Outcomes.OutOfMemory(), "out of memory: CUDA out of memory" },
        { "failed", Outcomes.Failed(), "failed: the disk is full" },
        { "stopped", Outcomes.Stopped(), "stopped: the sweep was cancelled" },
        { "stopped_early", Outcomes.StoppedEarly(), "stopped early by same_phase: it cannot win" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OutcomeText_Outcome_SaysWhatHappened(string kind, JobOutcome outcome, string text)
    {
        Assert.Equal(kind, OutcomeText.Kind(outcome));
        Assert.Equal(text, OutcomeText.Of(outcome));
    }

    [Fact]
    public void EventText_WholeSweep_TellsItsStory()
    {
        SweepState state = SweepPlanner.Start(TestSpecs.RangeTested(cells: 1, pointsPerCell: 1));
        DateTimeOffset at = SweepScript.Epoch;
        var lease = new SlotLease(1, SweepScript.Worker);
        RunInfo run = Outcomes.Run(7, at, 1);
        (SweepEvent Change, string? Text)[] story =
        [
            (new SweepEvent.Submitted(at), "submitted: 1 range test, 1 trial"),
            (new SweepEvent.SlotGranted(lease, at), "R-001 started on node/cpu"),
            (new SweepEvent.JobLost(SweepScript.TestKey(1), 1, "its node fell silent", false, at), "R-001 lost its worker (attempt 1): its node fell silent"),
            (new SweepEvent.SlotGranted(lease with { Id = 2 }, at), "R-001 started on node/cpu, attempt 2"),
            (new SweepEvent.JobEnded(SweepScript.TestKey(1), 2, Outcomes.Tested(0.5), run, at), "R-001 max LR 0.5, super-convergence possible"),
            (new SweepEvent.Paused(at), "paused"),
            (new SweepEvent.Resumed(at), "resumed"),
            (new SweepEvent.Activated(at), "taken up again"),
            (new SweepEvent.SlotGranted(lease with { Id = 3 }, at), "T-0001 started on node/cpu"),
            (new SweepEvent.Measured(SweepScript.TrialKey(1), 1, [new(0.7, 0.5)], Outcomes.Against(), Stop: false, at), "T-0001 would be stopped by same_phase and runs on as an audit: it cannot win"),
            (new SweepEvent.Measured(SweepScript.TrialKey(1), 1, [new(0.8, 0.5)], null, Stop: false, at), null),
            (new SweepEvent.JobLost(SweepScript.TrialKey(1), 1, "the silo stops", true, at), "T-0001 handed back: the silo stops"),
            (new SweepEvent.Cancelled(at), "cancelled"),
            (new SweepEvent.Resumed(at), "resumed"),
            (new SweepEvent.WallTimeReached(at), "the limit limits.wall_time was reached"),
            (new SweepEvent.Retried([SweepScript.TrialKey(1)], at), "1 jobs queued again"),
            (new SweepEvent.Retried([], at), "failed jobs queued again"),
        ];

        foreach ((SweepEvent change, string? text) in story)
        {
            state = SweepPlanner.Decide(state, change).State;
            Assert.Equal(text, EventText.Of(change, state));
        }
    }

    [Fact]
    public void EventText_SlotThatReachesALimit_SaysWhichOne()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1).WithLimits(limits => limits with { Epochs = 1 }));
        sweep.StartNothing();

        Assert.Contains("limits.epochs", EventText.Of(new SweepEvent.SlotGranted(new SlotLease(1, SweepScript.Worker), sweep.Now), sweep.State), StringComparison.Ordinal);
    }
}
