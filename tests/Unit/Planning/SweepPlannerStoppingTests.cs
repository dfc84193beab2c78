using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Trials that a rule judges on their way.</summary>
public sealed class SweepPlannerStoppingTests
{
    [Fact]
    public void Measured_Stop_AsksTheWorkerAndCountsAsStoppedEarly()
    {
        SweepScript sweep = Running();

        SweepCommand.Stop stop = Assert.IsType<SweepCommand.Stop>(Assert.Single(Take(sweep, Stop(sweep, 0.7))));
        Assert.Equal((SweepScript.TrialKey(1), "it cannot win"), (stop.Key, stop.Reason));
        End(sweep, new JobOutcome.Stopped("it cannot win"));

        Assert.Equal(Outcomes.StoppedEarly(), sweep.Trial(1).Outcome);
        Assert.Equal((1, 0), (sweep.State.Counts.StoppedEarly, sweep.State.Counts.Stopped));
    }

    [Fact]
    public void Measured_StopOfATrialThatEndsFirst_ItsScoreCounts()
    {
        SweepScript sweep = Running();
        Take(sweep, Stop(sweep, 0.9));

        End(sweep, Outcomes.Trained());

        Assert.NotNull(sweep.Trial(1).Score);
    }

    [Fact]
    public void Measured_StopAndLossOfTheWorker_IsNotRunAgain()
    {
        SweepScript sweep = Running();
        Take(sweep, Stop(sweep, 0.7));

        Take(sweep, new SweepEvent.JobLost(SweepScript.TrialKey(1), 1, "its node fell silent", HandedBack: false, sweep.Now));

        Assert.Equal(Outcomes.StoppedEarly(), sweep.Trial(1).Outcome);
    }

    [Fact]
    public void Measured_StopThenCancelAndResume_StaysTheRules()
    {
        SweepScript sweep = Running();
        Take(sweep, Stop(sweep, 0.7));
        sweep.Cancel();
        sweep.Resume();

        End(sweep, new JobOutcome.Stopped("it cannot win"));

        Assert.Equal(Outcomes.StoppedEarly(), sweep.Trial(1).Outcome);
        sweep.Retry();
        Assert.Equal(JobStatus.Done, sweep.Trial(1).Status);
    }

    [Fact]
    public void Measured_Audit_RunsOnAndTheScoreKeepsWhatWasAgainstIt()
    {
        SweepScript sweep = Running();

        Assert.Empty(Take(sweep, Stop(sweep, 0.7) with { Stop = false }));
        Take(sweep, Stop(sweep, 0.8) with { Stop = false, Against = Outcomes.Against() with { Text = "later" } });
        End(sweep, Outcomes.Trained());

        Assert.Equal(Outcomes.Against(), Assert.IsType<JobOutcome.Trained>(sweep.Trial(1).Outcome).Audit);
    }

    [Fact]
    public void Measured_DuplicateOrStaleAttempt_SaysNothingNew()
    {
        SweepScript sweep = Running();
        Take(sweep, Stop(sweep, 0.7) with { Against = null, Stop = false });
        long before = sweep.State.Sequence;

        Take(sweep, Stop(sweep, 0.7) with { Against = null, Stop = false });
        Take(sweep, Stop(sweep, 0.9) with { Attempt = 2 });

        Assert.Equal(before, sweep.State.Sequence);
    }

    private static ImmutableArray<SweepCommand> Take(SweepScript sweep, SweepEvent change)
    {
        sweep.Take(_ => change);
        return sweep.Commands;
    }

    private static SweepScript Running()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        sweep.Start();
        return sweep;
    }

    private static SweepEvent.Measured Stop(SweepScript sweep, double fraction) =>
        new(SweepScript.TrialKey(1), 1, [new(fraction, 0.5)], Outcomes.Against(), Stop: true, sweep.Now);

    private static void End(SweepScript sweep, JobOutcome outcome) =>
        Take(sweep, new SweepEvent.JobEnded(SweepScript.TrialKey(1), 1, outcome, Outcomes.Run(7, sweep.Now, 1), sweep.Now));
}
