using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis.Selection;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis;

public sealed class SelectionTests
{
    [Fact]
    public void Selection_ByTest_WarnsOfOptimism()
    {
        SelectionNote note = SelectionAnalysis.Of(TrialTables.Grid([0.1, 1], [1e-4, 1e-3], 3, 0.005, (rate, _) => 0.8 + (0.05 * rate)).Select(trial => trial with { TestAccuracy = trial.ValidationAccuracy }), SelectionSet.Test)!;

        Assert.True(note.Warned);
        Assert.Equal(4, note.Configurations);
        Assert.InRange(note.OptimismPoints!.Value, 0.1, 0.6); // half a point over the root of 3, times 1.03 (Blom)
        Assert.StartsWith("Warning", note.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Selection_ByValidation_TakesOneLookAtTheTestSet()
    {
        SelectionNote note = SelectionAnalysis.Of(
            [TrialTables.Plain with { TestAccuracy = 0.7 }, TrialTables.Plain with { Number = 2, MaxLearningRate = 1, ValidationAccuracy = 0.8, TestAccuracy = 0.99 }],
            SelectionSet.Validation)!;

        Assert.False(note.Warned);
        Assert.Equal(1, note.Winner);
        Assert.Equal(0.7, note.TestAccuracy!.Mean);
        Assert.Null(note.OptimismPoints);
    }

    [Fact]
    public void Selection_NoValidation_FallsBackAndWarns() =>
        Assert.True(SelectionAnalysis.Of([TrialTables.Plain with { ValidationAccuracy = null }], SelectionSet.Validation)!.Warned);

    [Fact]
    public void Selection_NothingFinished_SaysNothing() =>
        Assert.Null(SelectionAnalysis.Of([TrialTables.Plain with { Diverged = true }], SelectionSet.Validation));
}
