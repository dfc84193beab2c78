using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>The recipe and the analysis through the grains and the store.</summary>
public sealed class StrategyTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    [Fact]
    public async Task Recipe_ThroughTheGrains_StoresWhatItPlanned()
    {
        SweepSpec spec = Recipe("recipe");
        await cluster.SubmitAsync(spec);

        SweepResults results = await cluster.EndAsync("recipe");

        Assert.Contains(results.Trials, trial => trial.Role == TrialRole.Momentum);
        Assert.Contains(results.Trials, trial => trial is { Role: TrialRole.Baseline, Plan: { Schedule.Type: ScheduleType.Step, Epochs: 9 } });
        Assert.All(results.Cells.Where(cell => cell.Findings is not null), cell => Assert.True(cell.LengthFactor > 0));
        Assert.Equal(results.Trials.Select(trial => trial.Plan), (await cluster.Sweep("recipe").GetTrialsAsync()).Select(trial => trial.Plan));
    }

    [Fact]
    public async Task Analyse_FinishedSweep_ArrivesWholeOverTheWire()
    {
        await cluster.SubmitAsync(Recipe("analysed"));
        await cluster.EndAsync("analysed");

        SweepAnalysis analysis = await cluster.Results.AnalyseAsync("analysed");

        Assert.Equal(SelectionSet.Validation, analysis.Data.Accuracy);
        Assert.Equal([ScheduleKind.Constant, ScheduleKind.Step], analysis.Claims.Select(claim => claim.Baseline));
        Assert.All(analysis.Claims, claim => Assert.NotEmpty(claim.Sentence));
        Assert.NotNull(analysis.Selection);
    }

    [Fact]
    public async Task Analyse_NoSuchSweep_SaysSo() =>
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Results.AnalyseAsync("nowhere"));

    private static SweepSpec Recipe(string name)
    {
        SweepSpec spec = SweepCluster.RangeTested(name);
        return spec with
        {
            Training = spec.Training with { Epochs = 9 },
            Search = spec.Search with
            {
                Strategy = SearchStrategy.SuperConvergence,
                MaxLearningRate = RecipeDefaults.Rates,
                Seeds = 2,
                Baseline = BaselineMode.Auto,
            },
        };
    }
}
