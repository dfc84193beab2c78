using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Configurations during whose attempts silos die.</summary>
public sealed class SweepPlannerPoisonTests
{
    [Fact]
    public void JobLost_TwoSilosDied_FailsAndNamesTheNodes()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        sweep.Lose(sweep.Start(), died: "a@1");
        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);

        sweep.Lose(sweep.Start(), died: "b@2");

        JobOutcome.Failed failed = Assert.IsType<JobOutcome.Failed>(sweep.Trial(1).Outcome);
        Assert.Equal("quarantined: 2 silos died while it ran (a, b); `sweeper retry tests T-0001` tries it again", failed.Error);
        Assert.Equal(SweepScript.TrialKey(2), sweep.Start().Key);
    }

    [Fact]
    public void JobLost_WithoutADeath_IsNotBlamed()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        for (int time = 0; time < 4; time++)
        {
            sweep.Lose(sweep.Start());
        }

        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);
    }

    [Fact]
    public void JobLost_OneSiloDiedUnderSeveralSeeds_CountsOnce()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1).WithSearch(search => search with { Seeds = 3 }));
        JobTicket[] together = [sweep.Start(), sweep.Start(), sweep.Start()];

        Array.ForEach(together, ticket => sweep.Lose(ticket, died: "a@1"));

        Assert.Equal(3, sweep.State.Counts.Ready);
    }

    [Fact]
    public void JobLost_SilosDiedUnderDifferentSeeds_QuarantinesTheConfiguration()
    {
        var sweep = new SweepScript(TestSpecs.Rates(0.1, 0.2).WithSearch(search => search with { Seeds = 3 }));
        JobTicket[] all = [.. Enumerable.Range(0, 6).Select(_ => sweep.Start())];
        JobTicket[] same = [.. all.Where(ticket => ticket.Configuration == all[0].Configuration)];
        (JobTicket first, JobTicket second, JobTicket third) = (same[0], same[1], same[2]);
        sweep.Lose(first, died: "a@1");

        sweep.Lose(second, died: "b@1");

        Assert.Contains("quarantined", Assert.IsType<JobOutcome.Failed>(sweep.State.Trial(second.Key.Number).Record.Outcome).Error, StringComparison.Ordinal);
        Assert.IsType<JobOutcome.Failed>(sweep.State.Trial(first.Key.Number).Record.Outcome); // it waited for another attempt
        SweepCommand.Stop stop = Assert.Single(sweep.Commands.OfType<SweepCommand.Stop>());
        Assert.Equal((third.Key, third.Attempt), (stop.Key, stop.Attempt));
        Assert.Equal(3, sweep.State.Counts.Running - 1); // the other configuration's go on
    }

    [Fact]
    public void JobLost_RangeTestKillsTwice_IsQuarantinedAndItsTrialsAreSkipped()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 2));
        sweep.Lose(sweep.Start(), died: "a@1");
        sweep.Lose(sweep.Start(), died: "a@2");

        Assert.Contains("quarantined: 2 silos died while it ran (a)", Assert.IsType<JobOutcome.Failed>(sweep.Cell(1).Outcome).Error, StringComparison.Ordinal);
        Assert.All(sweep.State.Cell(1).Trials, number => Assert.Equal(JobStatus.Skipped, sweep.Trial(number).Status));
    }

    [Fact]
    public void JobLost_SpecForMachinesThatComeAndGo_AllowsMoreDeaths()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1).WithLimits(limits => limits with { Attempts = 30 }));
        for (int death = 1; death < 27; death++)
        {
            sweep.Lose(sweep.Start(), died: $"a@{death}");
        }

        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);
        sweep.Lose(sweep.Start(), died: "a@27");
        Assert.IsType<JobOutcome.Failed>(sweep.Trial(1).Outcome);
    }

    [Fact]
    public void Retried_Quarantined_StartsWithACleanRecord()
    {
        var sweep = new SweepScript(TestSpecs.Trials(1));
        sweep.Lose(sweep.Start(), died: "a@1");
        sweep.Lose(sweep.Start(), died: "b@1");

        sweep.Retry(SweepScript.TrialKey(1));
        sweep.Lose(sweep.Start(), died: "c@1");

        Assert.Equal(JobStatus.Ready, sweep.Trial(1).Status);
    }
}
