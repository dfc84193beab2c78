using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Sampling;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>What a search takes from earlier sweeps, and what it does with it.</summary>
public sealed class WarmStartTests
{
    private static readonly SweepSpec Target = TestSpecs.Sampled(SearchStrategy.Tpe, 6, rangeTested: false)
        .WithSearch(search => search with { WarmStart = WarmStartSpec.Auto });

    [Fact]
    public void Of_ResultsInTheSpace_StandInDeviationsFromTheirMeanBestFirst()
    {
        WarmStart start = WarmSelection.Of(Target, [Source(Target, (0.1, 0.8), (0.2, 0.9), (0.4, 0.7))]);

        Assert.Equal([2, 1, 3], start.Results.Select(result => result.Trial));
        Assert.Equal([0.9, 0.8, 0.7], start.Results.Select(result => result.Accuracy));
        Assert.Equal(0, start.Results.Sum(result => result.Standing), 1e-9);
        Assert.Equal(3, start.Results.Sum(result => result.Standing * result.Standing), 1e-9);
        Assert.Equal("begins with 3 results of earlier sweeps: 3 of earlier", start.Words);
    }

    [Fact]
    public void Of_ResultsOutsideTheSpace_AreLeftAndSaidToBe()
    {
        WarmStart start = WarmSelection.Of(Target, [Source(Target, (0.1, 0.8), (5, 0.9))]);

        Assert.Equal([1], start.Results.Select(result => result.Trial));
        Assert.Contains("earlier: 1 of its 2 configurations lie outside the space", start.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SweepOfAPartOfTheImages_TakesTheResultsOfItsSpace()
    {
        SweepSpec part = Target with { Data = Target.Data with { TrainSize = 1200 } };

        WarmStart start = WarmSelection.Of(part, [Source(part, (0.1, 0.8), (0.2, 0.9))]);

        Assert.Equal([2, 1], start.Results.Select(result => result.Trial));
    }

    [Fact]
    public void Of_FixedRatesForASpaceOfRangeTests_AreLeftAndOthersCarriedAsShares()
    {
        SweepSpec tested = TestSpecs.Sampled(SearchStrategy.Tpe, 6, rangeTested: true);

        WarmStart none = WarmSelection.Of(tested, [Source(Target, (0.1, 0.8))]);
        WarmStart some = WarmSelection.Of(tested, [Source(tested, (0.1, 0.8)) with { Cells = [new CellRecord(1, Key, JobStatus.Done, 1, Outcomes.Tested(0.5), null)] }]);

        Assert.Empty(none.Results);
        Assert.Contains("were given, not found by range tests", none.Words, StringComparison.Ordinal);
        Assert.Equal(0.2, Assert.Single(some.Results).Share!.Value, 1e-9);
    }

    [Fact]
    public void Of_ShorterRuns_GetWhatOthersGainedByALongerOne()
    {
        SweepResults source = Source(Target, (0.1, 0.6), (0.2, 0.7), (0.2, 0.8));
        var plan = new TrialPlan(TrialRole.Candidate, 2, Target.Training.Schedule, "");
        source = source with { Trials = [.. source.Trials.Select(trial => trial with { Plan = plan with { Epochs = trial.Number == 3 ? 6 : 2 } })] };

        WarmStart start = WarmSelection.Of(Target, [source]);

        Assert.Equal([(3, 0.8), (1, 0.6)], start.Results.Select(result => (result.Trial, result.Accuracy))); // 0.8 against 0.6 + 0.1
        Assert.Equal(1, start.Results[0].Standing, 1e-9);
    }

    [Fact]
    public void Of_ManySweeps_TakesFortyResultsOfAllTheSmallOnesWhole()
    {
        (double, double)[] many = [.. Enumerable.Range(0, 60).Select(index => (0.01 + (index / 100.0), index / 100.0))];

        WarmStart start = WarmSelection.Of(Target, [Source(Target, many), Source(Target, (0.1, 0.8), (0.2, 0.9)) with { Summary = Summary("small") }]);

        Assert.Equal([38, 2], start.Sources.Select(source => source.Taken));
        Assert.Equal(40, start.Results.Select(result => (result.Sweep, result.Trial)).Distinct().Count());
        Assert.Equal([60, 59, 58], start.Results.Take(3).Select(result => result.Trial));
        Assert.Equal(1, start.Results.Where(result => result.Sweep == "earlier").Min(result => result.Trial));
    }

    [Fact]
    public void Refusal_OfAnotherKind_SaysWhy()
    {
        Assert.Null(WarmStartFit.Refusal(Target, Target with { Model = new ModelSpec("mlp"), Data = Target.Data with { TrainSize = 7 } }));
        Assert.Contains("not of the family of mlp", WarmStartFit.Refusal(Target, Target with { Model = new ModelSpec("lenet") }), StringComparison.Ordinal);
        Assert.Contains("single job", WarmStartFit.Refusal(Target, Target with { Purpose = SweepPurpose.RangeTestsOnly }), StringComparison.Ordinal);
        Assert.Contains("adamw", WarmStartFit.Refusal(Target, With(Target, OptimizerType.AdamW)), StringComparison.Ordinal);
        Assert.Contains("constant", WarmStartFit.Refusal(Target, Target with { Training = Target.Training with { Schedule = ScheduleDefaults.Of(ScheduleType.Constant) } }), StringComparison.Ordinal);
        Assert.Equal(ModelFamilies.Of("resnet20"), ModelFamilies.Of("resnet110-smith"));
        Assert.NotEqual(ModelFamilies.Of("resnet9"), ModelFamilies.Of("resnet20"));
    }

    [Theory]
    [InlineData(SearchStrategy.Tpe, false)]
    [InlineData(SearchStrategy.Tpe, true)]
    [InlineData(SearchStrategy.Random, false)]
    [InlineData(SearchStrategy.GaussianProcess, false)]
    [InlineData(SearchStrategy.CmaEs, true)]
    public void Suggest_WarmSweep_TriesTheBestFirstAndSaysWhoseTheyWere(SearchStrategy strategy, bool rangeTested)
    {
        SweepScript script = Begun(TestSpecs.Sampled(strategy, 6, rangeTested), WarmStarts.Of(9));

        script.RunRest();

        ImmutableArray<string> reasons = [.. script.State.Trials.Select(trial => trial.Record.Plan!.Why)];
        Assert.Equal(6, reasons.Length);
        Assert.Equal("suggested first because it was best in sweep earlier (T-0001, 89.00%)", reasons[0]);
        Assert.Equal(2, reasons.Count(reason => reason.Contains("it was among the best in sweep earlier", StringComparison.Ordinal)));
        Assert.All(reasons[3..], reason => Assert.StartsWith("suggested by", reason, StringComparison.Ordinal));
        Assert.Contains(reasons, reason => reason.Contains("results of earlier sweeps", StringComparison.Ordinal));
        if (!rangeTested)
        {
            Assert.Equal(0.9, script.Trial(1).Configuration.MaxLearningRate);
        }
    }

    [Fact]
    public void Suggest_OnRungs_BeginsWithTheBestInTheShortestCycles()
    {
        SweepSpec spec = TestSpecs.Sampled(SearchStrategy.Tpe, 9, rangeTested: false).WithEpochs(9)
            .WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.CycleHyperband) });
        SweepScript script = Begun(spec, WarmStarts.Of(9));

        script.RunRest();

        Assert.All(script.State.Trials.Take(3), trial => Assert.Equal((0, true), (trial.Record.Plan!.Rung, trial.Record.Plan.Why.StartsWith("suggested first because", StringComparison.Ordinal))));
        Assert.Equal(9, script.State.Trials.Select(trial => trial.Record.Configuration).Distinct().Count());
    }

    [Fact]
    public void Suggest_RangeTested_CarriesTheShareOfTheBoundNotTheRate()
    {
        SweepSpec spec = TestSpecs.Sampled(SearchStrategy.Tpe, 3, rangeTested: true);
        SweepScript script = Begun(spec, WarmStarts.Of(1)); // at 0.7 of the bound
        while (script.Start() is { Key.Kind: JobKind.RangeTest } test)
        {
            script.End(test, Outcomes.Tested(0.5), 1);
        }

        Assert.Equal(0.35, script.Trial(1).Configuration.MaxLearningRate, 1e-3);
    }

    [Fact]
    public void Extend_WarmRandomSearch_GoesOnWithConfigurationsAndSeeds()
    {
        SweepScript script = Begun(TestSpecs.Sampled(SearchStrategy.Random, 4, rangeTested: false), WarmStarts.Of(5));
        script.RunRest();

        script.Take(at => new SweepEvent.Extended(2, 1, "more", "anna@host", at));
        script.RunRest();

        Assert.Equal(12, script.State.Trials.Count);
        Assert.Equal(6, script.State.Trials.Select(trial => trial.Record.Configuration).Distinct().Count());
    }

    [Fact]
    public void Recipe_WarmSweep_TriesEarlierWinnersAmongTheFirstCandidatesAtTheirShareOfTheBound()
    {
        SweepSpec spec = TestSpecs.Recipe(3, 1, 1).WithEpochs(9).WithSearch(search => search with { WarmStart = WarmStartSpec.Auto });
        SweepResults source = Source(spec, (0.25, 0.9)) with { Cells = [new CellRecord(1, Key, JobStatus.Done, 1, Outcomes.Tested(0.5), null)] };
        source = source with { Trials = [.. source.Trials.Select(trial => trial with { Configuration = trial.Configuration with { WeightDecay = 3e-4 } })] };
        SweepScript cold = Begun(spec.WithSearch(search => search with { WarmStart = null }), null);
        SweepScript warm = Begun(spec, WarmSelection.Of(spec, [source]));

        foreach (SweepScript script in new[] { cold, warm })
        {
            while (script.State.Trials.IsEmpty)
            {
                script.Run(Outcomes.Tested(0.8), 1);
            }
        }

        TrialRecord added = warm.State.Trials[^1].Record;
        Assert.Equal(cold.State.Trials.Count + 1, warm.State.Trials.Count);
        Assert.Equal((0.4, 3e-4), (added.Configuration.MaxLearningRate, added.Configuration.WeightDecay)); // half of 0.8
        Assert.StartsWith("among the candidates because it was best in sweep earlier (T-0001, 90.00%)", added.Plan!.Why, StringComparison.Ordinal);
        warm.RunRest();
        Assert.Equal(SweepStatus.Completed, warm.State.Status);
        Assert.InRange(warm.State.Trials.Count, 1, RecipeSize.Of(spec).Trials);
    }

    private static CellKey Key => new(32, 1e-3, 0);

    private static SweepScript Begun(SweepSpec spec, WarmStart? warm)
    {
        var script = new SweepScript(warm is null ? spec : spec.WithSearch(search => search with { WarmStart = WarmStartSpec.Auto }));
        if (warm is not null)
        {
            script.Take(at => new SweepEvent.WarmStarted(warm, at));
        }

        return script;
    }

    private static SweepResults Source(SweepSpec spec, params (double Rate, double Accuracy)[] results) => new(
        Summary("earlier"),
        spec,
        [],
        [
            .. results.Select((result, index) => new TrialRecord(
                index + 1, 1, Configuration.At(Key, result.Rate), 1, 1, JobStatus.Done, 1, Outcomes.Trained(0.5, result.Accuracy), null)),
        ]);

    private static SweepSummary Summary(string name) => new(
        name, SweepStatus.Completed, null, SweepScript.Epoch, SweepScript.Epoch, "mlp", "synthetic", 1, 1, null);

    private static SweepSpec With(SweepSpec spec, OptimizerType type) =>
        spec with { Training = spec.Training with { Optimizer = spec.Training.Optimizer with { Type = type } } };
}
