using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
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
    public void Run_RangeTestDivergesEarlyTwice_LowersTheRampToTwiceTheRateThatItBore()
    {
        SweepSpec spec = TestSpecs.Recipe(1, 1, 1).WithEpochs(90);

        SweepState state = RunAll(spec, Accuracy, ticket => DivergesAt(0.07 * spec.RangeTest.To, ticket));

        double end = 0.14 * spec.RangeTest.To;
        Assert.Equal([1, 4, 1], state.Cells.Select(cell => cell.Record.LengthFactor));
        Assert.Equal([null, spec.RangeTest.To, end], state.Cells.Select(cell => cell.Record.Repeat?.To));
        Assert.Equal([null, 1, 2], state.Cells.Select(cell => cell.Record.Repeat?.Of));
        Assert.Contains($"too high an end, so the ramp leads to {end:0.####}", state.Cells[2].Record.Repeat!.Why, StringComparison.Ordinal);
        Assert.All(state.Trials, trial => Assert.InRange(trial.Record.Configuration.MaxLearningRate, 0, 0.07 * spec.RangeTest.To));
    }

    [Fact]
    public void Run_SecondTestDivergesLater_LowersNoFurtherThanItBoreAndRisesNoFaster()
    {
        SweepSpec spec = TestSpecs.Recipe(1, 1, 1).WithEpochs(90);

        SweepState state = RunAll(spec, Accuracy, ticket => DivergesAt((ticket.LengthFactor > 1 ? 0.4 : 0.05) * spec.RangeTest.To, ticket));

        CellRecord last = state.Cells[2].Record;
        Assert.Equal(0.8 * spec.RangeTest.To, last.Repeat!.To, 1e-9);
        Assert.Equal(4 * 0.8, last.LengthFactor, 1e-9);
    }

    [Fact]
    public void Run_SecondTestDivergesLate_IsNotRepeatedAgain()
    {
        SweepSpec spec = TestSpecs.Recipe(1, 1, 1).WithEpochs(90);

        SweepState state = RunAll(spec, Accuracy, ticket => DivergesAt((ticket.LengthFactor > 1 ? 0.6 : 0.05) * spec.RangeTest.To, ticket));

        Assert.Equal([1, 4], state.Cells.Select(cell => cell.Record.LengthFactor));
    }

    /// <summary>A sweep that began before ramps were lowered is planned on as it began, or its events would mean other jobs.</summary>
    [Fact]
    public void Run_SweepOfTheFirstRules_IsNotRepeatedAgain()
    {
        SweepSpec spec = TestSpecs.Recipe(1, 1, 1).WithEpochs(90);

        SweepState state = RunAll(spec, Accuracy, ticket => DivergesAt(0.07 * spec.RangeTest.To, ticket), PlannerRules.First);

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
        RateBounds bounds = RateBounds.Of([Cell(64, 1e-4, 0.2), Cell(256, 1e-4, 0.4), Cell(1024, 1e-4, 0.8)])!;

        Assert.InRange(bounds.BatchExponent, 0.45, 0.5);
        Assert.Equal(0.4, bounds.Of(new CellKey(256, 1e-4, 0)));
        Assert.InRange(bounds.Of(new CellKey(128, 1e-4, 0)), 0.26, 0.31);
    }

    [Fact]
    public void BatchRule_ManyTests_CoversTheExponentAsOftenAsItSays()
    {
        var random = new Random(3);
        int covered = 0;
        const int Sweeps = 400;
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            var cells =
                from batch in new[] { 32, 128, 512 }
                from decay in new[] { 1e-5, 1e-4, 1e-3 }
                select Cell(batch, decay, 0.1 * Math.Pow(batch / 128.0, 0.7) * Math.Exp(0.2 * Normal(random)));
            BatchRule rule = BatchRules.Of(cells)!;
            Assert.Equal(9, rule.RangeTests);
            covered += rule.Lower <= 0.7 && rule.Upper >= 0.7 ? 1 : 0;
        }

        Assert.InRange(covered / (double)Sweeps, 0.92, 0.98);
    }

    [Theory]
    [InlineData(1, "this agrees with linear scaling")]
    [InlineData(0.5, "this agrees with the square root")]
    [InlineData(0.1, "this agrees with neither")]
    public void BatchRule_PowerLaw_SaysWhatItAgreesWith(double exponent, string words)
    {
        int test = 0;
        BatchRule rule = BatchRules.Of(
            from batch in new[] { 16, 64, 256, 1024, 4096 }
            from decay in new[] { 1e-4, 1e-3 }
            select Cell(batch, decay, 0.01 * Math.Pow(batch / 16.0, exponent) * Math.Exp(0.2 * Math.Sin(3 * test++))))!;

        Assert.InRange(rule.Exponent, exponent - 0.05, exponent + 0.05);
        Assert.InRange(rule.Upper!.Value - rule.Lower!.Value, 0.01, 0.2);
        Assert.StartsWith("the largest learning rate grows with batch^", rule.Words, StringComparison.Ordinal);
        Assert.EndsWith($", from 10 range tests); linear scaling would be 1, the square root 0.5: {words}", rule.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void BatchRule_TooFewTests_HasNoIntervalOrIsNone()
    {
        BatchRule rule = BatchRules.Of([Cell(32, 1e-4, 0.1), Cell(128, 1e-4, 0.2)])!;

        Assert.Equal((null, null, 2), (rule.Lower, rule.Upper, rule.RangeTests));
        Assert.Contains("(from 2 range tests, too few for an interval)", rule.Words, StringComparison.Ordinal);
        Assert.Null(BatchRules.Of([Cell(32, 1e-4, 0.1), Cell(32, 1e-3, 0.2)]));
        Assert.Null(BatchRules.Of([]));
    }

    [Fact]
    public void BatchRule_RepeatedTest_CountsTheLast()
    {
        BatchRule rule = BatchRules.Of([Cell(32, 1e-4, 0.4), Cell(128, 1e-4, 0.2), Cell(32, 1e-4, 0.1)])!;

        Assert.InRange(rule.Exponent, 0.4, 0.5);
        Assert.Equal(2, rule.RangeTests);
    }

    private static CellRecord Cell(int batch, double decay, double rate) =>
        new(1, new CellKey(batch, decay, 0), JobStatus.Done, 1, Outcomes.Tested(rate), null);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A test that diverges there, where its ramp gets as far.</summary>
    private static JobOutcome.RangeTested DivergesAt(double rate, JobTicket ticket) => rate < ticket.Configuration.MaxLearningRate
        ? new JobOutcome.RangeTested(Outcomes.Tested(0.9 * rate).Findings with { Verdict = RangeTestVerdict.Inconclusive, DivergedAt = rate })
        : Outcomes.Tested(0.9 * ticket.Configuration.MaxLearningRate);

    /// <summary>Best at weight decay 3e-4, the larger batch, the largest rate, the longest run.</summary>
    private static double Accuracy(Configuration at, TrialPlan plan) =>
        0.8
        - (0.02 * Math.Pow(Math.Log10(at.WeightDecay / 3.16e-4), 2))
        + (at.BatchSize > 32 ? 0.01 : 0)
        + (0.005 * Math.Log2(at.MaxLearningRate * 10))
        + (0.03 * Math.Log(plan.Epochs))
        - (plan.Schedule.Type == ScheduleType.Constant ? 0.05 : 0);

    private static SweepState Submitted(SweepSpec spec, int rules = PlannerRules.Current) =>
        SweepPlanner.Decide(SweepPlanner.Start(spec), new SweepEvent.Submitted(DateTimeOffset.UnixEpoch, null, rules)).State;

    private static SweepState RunAll(
        SweepSpec spec, Func<Configuration, TrialPlan, double> accuracy, Func<JobTicket, JobOutcome>? rangeTest = null, int rules = PlannerRules.Current)
    {
        SweepState state = Submitted(spec, rules);
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
