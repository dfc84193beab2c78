using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>The recipe step by step, on a made-up accuracy whose optimum is known.</summary>
public sealed class RecipeTests
{
    private static readonly WorkerKey Worker = new("node", "cpu");

    [Fact]
    public void Submit_ThreeDecaysTwoBatches_TestsAStarOfCells()
    {
        SweepState state = Submitted(TestSpecs.Recipe(3, 2, 1).WithEpochs(9));

        Assert.Equal(
            [new(32, 1e-4, 0), new(32, 1e-3, 0), new(32, 1e-2, 0), new(64, 1e-3, 0)],
            state.Cells.Select(cell => cell.Record.Key));
        Assert.All(state.Cells, cell => Assert.Equal(JobStatus.Ready, cell.Record.Status));
        Assert.Empty(state.Trials);
    }

    [Fact]
    public void Submit_ManyCells_RangeTestsTakeHalfAFullTrainingTogether()
    {
        SweepSpec spec = TestSpecs.Recipe(3, 3, 2).WithEpochs(9) with { RangeTest = TestSpecs.Recipe(1, 1, 1).RangeTest with { Epochs = 4 } };

        SweepState state = Submitted(spec);

        Assert.Equal(4.5, state.Cells.Sum(cell => cell.Record.LengthFactor * spec.RangeTest.Epochs), 1e-9);
    }

    [Fact]
    public void Run_KnownOptimum_IsFoundAndTrainedAtFullLengthWithEverySeed()
    {
        SweepState state = RunAll(TestSpecs.Recipe(3, 2, 1).WithEpochs(9), Accuracy);

        ImmutableArray<LeaderboardRow> rows = Leaderboard.Of(state.Trials.Select(trial => trial.Record), SelectionSet.Validation);
        Assert.Equal(9, rows[0].Epochs);
        Assert.Equal(3, rows[0].Replicates);
        Assert.InRange(rows[0].Configuration.WeightDecay, 2e-4, 4e-4); // halfway between 1e-4 and 1e-3: refined
        Assert.Equal(64, rows[0].Configuration.BatchSize);
    }

    [Fact]
    public void Run_BestDecayAtTheEdge_TriesHalfADecadeBeyond()
    {
        SweepState state = RunAll(TestSpecs.Recipe(3, 1, 1).WithEpochs(9), (at, _) => 0.9 - (0.05 * Math.Log10(at.WeightDecay / 1e-6)));

        Assert.Contains(state.Trials, trial => Math.Abs(trial.Record.Configuration.WeightDecay - 3.16e-5) < 1e-7);
    }

    [Fact]
    public void Run_OtherMomentumIsBetter_LongCyclesUseIt()
    {
        SweepState state = RunAll(
            TestSpecs.Recipe(1, 1, 1).WithEpochs(9), (at, plan) => 0.8 + (plan.Schedule.MomentumHigh == 0.9 ? 0.02 : 0));

        Assert.All(
            state.Trials.Where(trial => trial.Record is { Role: TrialRole.Candidate, Plan.Rung: > 0 }),
            trial => Assert.Equal(0.9, trial.Record.Plan!.Schedule.MomentumHigh));
    }

    [Fact]
    public void Run_WholeRecipe_SearchCostsAtMostSixFullTrainings()
    {
        SweepState state = RunAll(TestSpecs.Recipe(3, 2, 1).WithEpochs(9), Accuracy);

        double search = state.Trials.Select(trial => trial.Record)
            .Where(trial => trial.Role != TrialRole.Baseline && trial.Replicate == 1).Sum(trial => trial.Plan!.Epochs);
        double tests = state.Cells.Sum(cell => cell.Record.Run?.Epochs ?? 0);
        Assert.InRange((search + tests) / 9, 1, 6);
    }

    [Theory]
    [InlineData(3, 2, 1, 9)]
    [InlineData(3, 3, 2, 9)]
    [InlineData(1, 1, 1, 0.4)]
    [InlineData(2, 1, 1, 2)]
    public void Run_WholeRecipe_StaysWithinWhatThePreviewSays(int decays, int batches, int dropouts, double epochs)
    {
        SweepSpec spec = TestSpecs.Recipe(decays, batches, dropouts).WithEpochs(epochs);

        SweepState state = RunAll(spec, Accuracy);

        var size = RecipeSize.Of(spec);
        Assert.Equal(size.Cells, state.Cells.Count(cell => cell.HasRangeTest));
        Assert.InRange(state.Trials.Count, 1, size.Trials);
        Assert.InRange(state.Trials.Sum(trial => trial.Record.Plan!.Epochs), 0, size.Epochs + 1e-9);
    }

    [Fact]
    public void Run_EveryTrial_SaysWhyItWasPlaced()
    {
        SweepState state = RunAll(TestSpecs.Recipe(3, 2, 2).WithEpochs(9), Accuracy);

        Assert.All(state.Trials, trial => Assert.True(trial.Record.Plan!.Why.Length > 20, trial.Record.Plan!.Why));
        Assert.Contains(state.Trials, trial => trial.Record.Role == TrialRole.Baseline && trial.Record.Plan!.Schedule.Type == ScheduleType.Step && trial.Record.Plan.Epochs == 9);
        Assert.Equal(state.Trials.Count, state.Trials.Select(trial => (trial.Record.Configuration, trial.Record.Plan!.Epochs, trial.Record.Plan.Schedule, trial.Record.Replicate)).Distinct().Count());
    }

    [Fact]
    public void Run_RangeTestRoseTooFast_IsRepeatedOnceFourTimesLonger()
    {
        SweepSpec spec = TestSpecs.Recipe(1, 1, 1).WithEpochs(90);
        SweepState state = RunAll(spec, Accuracy, ticket => ticket.LengthFactor > 1
            ? Outcomes.Tested(0.4)
            : new JobOutcome.RangeTested(Outcomes.Tested(null).Findings with { DivergedAt = 0.01 * spec.RangeTest.To }));

        Assert.Equal([1, 4], state.Cells.Select(cell => cell.Record.LengthFactor));
        Assert.NotEmpty(state.Trials);
    }

    [Fact]
    public void Run_NoUsableRateAnywhere_EndsWithItsRangeTests()
    {
        SweepState state = RunAll(TestSpecs.Recipe(2, 1, 1), Accuracy, _ => Outcomes.Tested(null));

        Assert.Equal(SweepStatus.Completed, state.Status);
        Assert.Empty(state.Trials);
    }

    [Fact]
    public void Run_EveryTrialDiverges_Ends()
    {
        SweepState state = RunAll(TestSpecs.Recipe(2, 1, 1).WithEpochs(9), (_, _) => double.NaN);

        Assert.Equal(SweepStatus.Completed, state.Status);
        Assert.All(state.Trials, trial => Assert.IsType<JobOutcome.Diverged>(trial.Record.Outcome));
    }

    [Fact]
    public void RateBounds_RatesGrowAsTheRootOfTheBatch_FindTheExponentAndPredict()
    {
        CellState Cell(int batch, double decay, double rate) => new(
            new CellRecord(1, new CellKey(batch, decay, 0), JobStatus.Done, 1, Outcomes.Tested(rate), null), true, [], 0);
        RateBounds bounds = RateBounds.Of([Cell(64, 1e-4, 0.2), Cell(256, 1e-4, 0.4), Cell(1024, 1e-4, 0.8)])!;

        Assert.InRange(bounds.BatchExponent, 0.45, 0.5);
        Assert.Equal(0.4, bounds.Of(new CellKey(256, 1e-4, 0)));
        Assert.InRange(bounds.Of(new CellKey(128, 1e-4, 0)), 0.26, 0.31);
    }

    /// <summary>Best at weight decay 3e-4, the larger batch, the largest rate, the longest run.</summary>
    private static double Accuracy(Configuration at, TrialPlan plan) =>
        0.8
        - (0.02 * Math.Pow(Math.Log10(at.WeightDecay / 3.16e-4), 2))
        + (at.BatchSize > 32 ? 0.01 : 0)
        + (0.005 * Math.Log2(at.MaxLearningRate * 10))
        + (0.03 * Math.Log(plan.Epochs))
        - (plan.Schedule.Type == ScheduleType.Constant ? 0.05 : 0);

    private static SweepState Submitted(SweepSpec spec) =>
        SweepPlanner.Decide(SweepPlanner.Start(spec), new SweepEvent.Submitted(DateTimeOffset.UnixEpoch)).State;

    private static SweepState RunAll(
        SweepSpec spec, Func<Configuration, TrialPlan, double> accuracy, Func<JobTicket, JobOutcome>? rangeTest = null)
    {
        SweepState state = Submitted(spec);
        for (int lease = 1; state.Status == SweepStatus.Running; lease++)
        {
            Assert.True(lease < 500 && state.SlotsWanted > 0, "the recipe does not end");
            (state, ImmutableArray<SweepCommand> commands) = SweepPlanner.Decide(
                state, new SweepEvent.SlotGranted(new SlotLease(lease, Worker), DateTimeOffset.UnixEpoch));
            JobTicket ticket = Assert.IsType<SweepCommand.Start>(Assert.Single(commands)).Ticket;
            double reached = ticket.Plan is { } plan ? accuracy(ticket.Configuration, plan) : 0;
            JobOutcome outcome = ticket switch
            {
                { Key.Kind: JobKind.RangeTest } => rangeTest?.Invoke(ticket) ?? Outcomes.Tested(0.4),
                _ when double.IsNaN(reached) => Outcomes.Diverged(),
                _ => Outcomes.Trained(reached, reached),
            };
            double epochs = ticket.Plan?.Epochs ?? spec.RangeTest.Epochs * ticket.LengthFactor;
            state = SweepPlanner.Decide(state, new SweepEvent.JobEnded(
                ticket.Key, ticket.Attempt, outcome, Outcomes.Run(ticket.Seed, DateTimeOffset.UnixEpoch, epochs), DateTimeOffset.UnixEpoch)).State;
        }

        return state;
    }
}
