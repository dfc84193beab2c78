using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Limits, extensions and configurations of a user's own, on the way.</summary>
public sealed class SweepPlannerChangeTests
{
    private static readonly Configuration Own = new(0.3, 32, 0, 0);

    private static SweepSpec Climbing => TestSpecs.Sampled(SearchStrategy.Random, trials: 6, rangeTested: false)
        .WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.CycleHyperband) }).WithEpochs(9);

    [Fact]
    public void Extend_CycleHyperband_TakesMoreConfigurations()
    {
        var sweep = new SweepScript(Climbing);
        RunRest(sweep);
        int before = sweep.State.Trials.Select(trial => trial.Record.Configuration).Distinct().Count();

        Extend(sweep, trials: 3);
        RunRest(sweep);

        Assert.Equal((6, 9), (before, sweep.State.Trials.Select(trial => trial.Record.Configuration).Distinct().Count()));
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);

        static void RunRest(SweepScript sweep)
        {
            while (sweep.State.SlotsWanted > 0)
            {
                JobTicket ticket = sweep.Start();
                sweep.End(ticket, Outcomes.Trained(validation: 0.9 - ticket.Configuration.MaxLearningRate / 10), ticket.Plan!.Epochs);
            }
        }
    }

    [Fact]
    public void SetLimits_MaxParallel_HoldsFromNowOn()
    {
        var sweep = new SweepScript(TestSpecs.Trials(4));
        sweep.Start();

        Set(sweep, limits => limits with { MaxParallel = 1 });

        sweep.StartNothing();
        Set(sweep, limits => limits with { MaxParallel = 2 });
        Assert.Equal(SweepScript.TrialKey(2), sweep.Start().Key);
    }

    [Fact]
    public void SetLimits_FewerTrials_SkipsTheLastAndMorePutsThemBack()
    {
        var sweep = new SweepScript(TestSpecs.Trials(5));
        sweep.Run(Outcomes.Trained());

        Set(sweep, limits => limits with { Trials = 2 });
        Assert.Equal((1, 3), (sweep.State.Counts.Ready, sweep.State.Counts.Skipped));
        sweep.RunRest();
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);

        Set(sweep, limits => limits with { Trials = 4 });
        Assert.Equal((SweepStatus.Running, 2, 1), (sweep.State.Status, sweep.State.Counts.Ready, sweep.State.Counts.Skipped));
        Set(sweep, limits => limits with { Trials = null });
        sweep.RunRest();
        Assert.Equal(5, sweep.State.Counts.Completed);
    }

    [Fact]
    public void SetLimits_TrialsThatThePlanCutOff_AreAdded()
    {
        var sweep = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 3).WithLimits(limits => limits with { Trials = 2 }));
        sweep.RunRest();
        Assert.Equal((1, 2), (sweep.State.Cells.Count, sweep.State.Trials.Count));

        Set(sweep, limits => limits with { Trials = null });

        Assert.Equal((2, 6, 1), (sweep.State.Cells.Count, sweep.State.Trials.Count, sweep.State.Counts.Ready)); // the tested cell's third point
        sweep.RunRest();
        Assert.Equal(6, sweep.State.Counts.Completed);
        var whole = new SweepScript(TestSpecs.RangeTested(cells: 2, pointsPerCell: 3));
        whole.RunRest();
        Assert.Equal(Points(whole), Points(sweep));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SetLimits_WiderThanTheOneThatEndedIt_GoesOnWithWhatItHadSkipped(bool tested)
    {
        SweepSpec spec = tested ? TestSpecs.RangeTested(cells: 2, pointsPerCell: 2) : TestSpecs.Trials(4);
        var sweep = new SweepScript(spec.WithLimits(limits => limits with { Epochs = 5 }));
        for (int job = 0; job < (tested ? 3 : 2); job++)
        {
            JobTicket ticket = sweep.Start();
            sweep.End(ticket, ticket.Key.Kind == JobKind.Trial ? Outcomes.Trained() : Outcomes.Tested(1.0), ticket.Key.Kind == JobKind.Trial ? 2 : 1);
        }

        sweep.StartNothing();
        Assert.Equal((SweepStatus.Completed, "the limit limits.epochs of the spec was reached"), (sweep.State.Status, sweep.State.StatusReason));

        Set(sweep, limits => limits with { MaxParallel = 3 }); // not the one
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        Set(sweep, limits => limits with { Epochs = 100 });

        Assert.Equal((SweepStatus.Running, null), (sweep.State.Status, sweep.State.StatusReason));
        sweep.RunRest();
        Assert.Equal((4, 0), (sweep.State.Counts.Completed, sweep.State.Counts.Skipped));
    }

    [Fact]
    public void SetLimits_WallTimeAfterItStoppedJobs_QueuesThemAgain()
    {
        var sweep = new SweepScript(TestSpecs.Trials(3).WithLimits(limits => limits with { WallTime = TimeSpan.FromMinutes(3) }));
        JobTicket stopped = sweep.Start();
        JobTicket running = sweep.Start();
        sweep.ReachWallTime();
        sweep.End(stopped, new JobOutcome.Stopped("the limit limits.wall_time of the spec was reached"), epochs: 0.5);

        Set(sweep, limits => limits with { WallTime = TimeSpan.FromHours(3) });

        Assert.Equal((2, 1), (sweep.State.Counts.Ready, sweep.State.Counts.Running));
        sweep.End(running, Outcomes.Trained()); // the wish to stop came too late, and was taken back
        sweep.RunRest();
        Assert.Equal((SweepStatus.Completed, 3), (sweep.State.Status, sweep.State.Counts.Completed));
    }

    [Fact]
    public void Extend_GridBySeeds_RepeatsEveryPointAsIfAskedFromTheStart()
    {
        SweepSpec spec = TestSpecs.RangeTested(cells: 2, pointsPerCell: 2);
        var sweep = new SweepScript(spec);
        sweep.RunRest();

        Extend(sweep, seeds: 1);

        Assert.Equal((SweepStatus.Running, 4), (sweep.State.Status, sweep.State.Counts.Ready));
        sweep.RunRest();
        var whole = new SweepScript(spec.WithSearch(search => search with { Seeds = 2 }));
        whole.RunRest();
        Assert.Equal(Points(whole), Points(sweep));
        Assert.Equal(whole.State.Spec.Search, sweep.State.Spec.Search);
    }

    [Fact]
    public void Extend_RandomByTrials_DrawsTheSamePointsAsIfAskedFromTheStart()
    {
        SweepSpec spec = TestSpecs.Sampled(SearchStrategy.Random, trials: 3, rangeTested: true);
        var sweep = new SweepScript(spec);
        sweep.Run(Outcomes.Tested(1.0), epochs: 1);

        Extend(sweep, trials: 2);

        sweep.RunRest();
        var whole = new SweepScript(spec.WithSearch(search => search with { Trials = 5 }));
        whole.RunRest();
        Assert.Equal(Points(whole), Points(sweep));
    }

    [Theory]
    [InlineData(SearchStrategy.Sobol, false)]
    [InlineData(SearchStrategy.Tpe, true)]
    public void Extend_Sampler_TakesMoreConfigurationsAndMoreSeedsOfAll(SearchStrategy strategy, bool tested)
    {
        var sweep = new SweepScript(TestSpecs.Sampled(strategy, trials: 3, tested));
        sweep.RunRest();
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);

        Extend(sweep, trials: 2, seeds: 1);
        sweep.RunRest();

        Assert.Equal(10, sweep.State.Counts.Completed);
        Assert.Equal(5, sweep.State.Trials.Select(trial => trial.Record.Configuration).Distinct().Count());
        Assert.All(sweep.State.Trials.GroupBy(trial => trial.Record.Configuration), group => Assert.Equal([1, 2], group.Select(trial => trial.Record.Replicate).Order()));
    }

    [Fact]
    public void Enqueue_Configuration_IsNextBeforeRangeTestsAndCountsForNoSampler()
    {
        var sweep = new SweepScript(TestSpecs.Sampled(SearchStrategy.Tpe, trials: 3, rangeTested: true));

        Enqueue(sweep, Own, seeds: 2);

        Assert.Equal((0.3, 1), (sweep.Start().Configuration.MaxLearningRate, sweep.State.Running.Count));
        JobTicket second = sweep.Start();
        Assert.Equal((Own, JobKind.Trial), (second.Configuration, second.Key.Kind));
        sweep.RunRest();
        Assert.Equal(3 + 2, sweep.State.Trials.Count);
        Assert.True(sweep.Trial(1).Plan!.Enqueued);
        Assert.Equal("put in front of the queue by anna@host", sweep.Trial(1).Plan!.Why);
    }

    [Fact]
    public void Enqueue_CompletedGrid_GoesOnAndRanksWithTheOthers()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        sweep.RunRest();

        Enqueue(sweep, Own);
        sweep.Run(Outcomes.Trained(validation: 0.5));

        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        var rows = Leaderboard.Of(sweep.State.Trials.Select(trial => trial.Record), SelectionSet.Validation);
        Assert.Equal((3, 3, (double?)null), (rows.Length, rows[^1].Trials[0], rows[^1].Epochs));
    }

    public static TheoryData<SweepSpec, SweepEvent, string> Nonsense => new()
    {
        { TestSpecs.Trials(2), new SweepEvent.Extended(3, 0, "", "", SweepScript.Epoch), "a grid has as many configurations as its space" },
        { TestSpecs.Recipe(2, 1, 1), new SweepEvent.Extended(3, 0, "", "", SweepScript.Epoch), "the recipe itself decides" },
        { TestSpecs.Trials(2) with { Purpose = SweepPurpose.RangeTestsOnly }, new SweepEvent.Extended(0, 1, "", "", SweepScript.Epoch), "single job" },
        {
            TestSpecs.Trials(2).WithLimits(limits => limits with { Trials = 2 }), new SweepEvent.Extended(0, 1, "", "", SweepScript.Epoch),
            "limits.trials is 2: raise it first, such as `sweeper set tests limits.trials=4`"
        },
        { TestSpecs.Trials(2).WithLimits(limits => limits with { Trials = 2 }), new SweepEvent.Enqueued(Own, 1, "", SweepScript.Epoch), "limits.trials=3" },
        { Climbing, new SweepEvent.Enqueued(Own, 1, "", SweepScript.Epoch), "a configuration beside them has no place there" },
        { Climbing, new SweepEvent.Extended(0, 1, "", "", SweepScript.Epoch), "must be 1 with search.stopping cycle_hyperband" },
        { TestSpecs.Rates(0.3), new SweepEvent.Enqueued(Own, 1, "", SweepScript.Epoch), "T-0001 is that very trial" },
        { TestSpecs.Trials(2), new SweepEvent.LimitsSet(new LimitsSpec(), "", "", SweepScript.Epoch), "its limits already" },
        { TestSpecs.Trials(2), new SweepEvent.LimitsSet(new LimitsSpec(Epochs: 1), "", "", SweepScript.Epoch), "limits.epochs must be at least training.epochs" },
        { TestSpecs.Trials(2), new SweepEvent.Extended(0, 999_999_999, "", "", SweepScript.Epoch), "search.seeds" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Change_WithoutSense_IsRefusedWithTheReason(SweepSpec spec, SweepEvent change, string reason)
    {
        var sweep = new SweepScript(spec);

        sweep.Take(_ => change);

        Assert.False(sweep.Changed);
        Assert.Contains(reason, ChangeRules.Refusal(sweep.State, change), StringComparison.Ordinal);
    }

    [Fact]
    public void Change_CancelledSweep_IsRefusedUntilItGoesOn()
    {
        var sweep = new SweepScript(TestSpecs.Trials(2));
        sweep.Cancel();

        Extend(sweep, seeds: 1);

        Assert.False(sweep.Changed);
        Assert.Contains("`sweeper resume tests` first", ChangeRules.Refusal(sweep.State, new SweepEvent.Extended(0, 1, "", "", sweep.Now)), StringComparison.Ordinal);
    }

    /// <summary>Changes at random moments of random sweeps: laws hold after every event, and everything that may run has run in the end.</summary>
    [Fact]
    public void Changes_AtRandomMoments_EndWithEverythingRun()
    {
        SweepSpec[] specs =
        [
            TestSpecs.Trials(6), TestSpecs.RangeTested(2, 3), TestSpecs.Sampled(SearchStrategy.Random, 5, rangeTested: true),
            TestSpecs.Sampled(SearchStrategy.Sobol, 5, rangeTested: false), TestSpecs.Sampled(SearchStrategy.Tpe, 4, rangeTested: true),
        ];
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var sweep = new SweepScript(specs[seed % specs.Length].WithLimits(limits => limits with { Epochs = 6 + random.Next(10) }));
            var running = new List<JobTicket>();
            for (int step = 0; step < 40; step++)
            {
                switch (random.Next(8))
                {
                    case 0:
                        int? trials = random.Next(2) == 0 ? null : random.Next(1, 9);
                        double? epochs = random.Next(2) == 0 ? null : random.Next(4, 30);
                        Set(sweep, limits => limits with { Trials = trials, Epochs = epochs });
                        break;
                    case 1:
                        Extend(sweep, trials: random.Next(3), seeds: random.Next(2));
                        break;
                    case 2:
                        Enqueue(sweep, Own with { MaxLearningRate = random.Next(1, 4) / 10.0 }, seeds: random.Next(1, 3));
                        break;
                    case < 6 when sweep.State.SlotsWanted > 0:
                        sweep.Grant(new(1000 + (seed * 100) + step, SweepScript.Worker));
                        running.AddRange(sweep.Commands.OfType<SweepCommand.Start>().Select(start => start.Ticket));
                        break;
                    default:
                        if (running.Count > 0)
                        {
                            JobTicket ticket = running[random.Next(running.Count)];
                            running.Remove(ticket);
                            sweep.End(ticket, ticket.Key.Kind == JobKind.Trial ? Outcomes.Trained() : Outcomes.Tested(1.0), ticket.Key.Kind == JobKind.Trial ? 2 : 1);
                        }

                        break;
                }
            }

            foreach (JobTicket ticket in running)
            {
                sweep.End(ticket, ticket.Key.Kind == JobKind.Trial ? Outcomes.Trained() : Outcomes.Tested(1.0), ticket.Key.Kind == JobKind.Trial ? 2 : 1);
            }

            Set(sweep, _ => new LimitsSpec());
            sweep.RunRest();
            Assert.Equal(SweepStatus.Completed, sweep.State.Status);
            Assert.Equal(sweep.State.Counts.Total, sweep.State.Counts.Completed);
            Assert.Equal(sweep.State.Trials.Count, sweep.State.Trials.Select(trial => (trial.Record.Configuration, trial.Record.Replicate)).Distinct().Count());
        }
    }

    private static void Set(SweepScript sweep, Func<LimitsSpec, LimitsSpec> change) =>
        sweep.Take(at => new SweepEvent.LimitsSet(change(sweep.State.Spec.Limits), "limits", "anna@host", at));

    private static void Extend(SweepScript sweep, int trials = 0, int seeds = 0) =>
        sweep.Take(at => new SweepEvent.Extended(trials, seeds, "more", "anna@host", at));

    private static void Enqueue(SweepScript sweep, Configuration at, int seeds = 1) =>
        sweep.Take(now => new SweepEvent.Enqueued(at, seeds, "anna@host", now));

    private static List<string> Points(SweepScript sweep) =>
        [.. sweep.State.Trials.Select(trial => $"{trial.Record.Configuration} {trial.Record.Configuration.MaxLearningRate:R} {trial.Record.Replicate} {trial.Record.Seed} {trial.Record.Status}").Order(StringComparer.Ordinal)];
}
