using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis;
using Sweeper.Grains.Analysis.Surfaces;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis;

public sealed class SurfaceTests
{
    [Fact]
    public void Fit_PlantedQuadratic_IsRecovered()
    {
        SurfaceFit fit = Fit(TrialTables.Random(120, 1, noise: 0.002, (rate, _, decay, _) =>
            0.85 + (0.02 * rate) - (0.03 * rate * rate) - (0.04 * rate * decay)));

        Assert.True(fit.Explains);
        Assert.True(fit.CrossValidatedError < 0.35, fit.Summary);
        Assert.True(fit.MeanError > 1.5, fit.Summary);
        Assert.Equal(2, Coefficient(fit, Factor.MaxLearningRate, null), 0.3);
        Assert.Equal(-3, Coefficient(fit, Factor.MaxLearningRate, Factor.MaxLearningRate), 0.3);
        Assert.Equal(-4, Coefficient(fit, Factor.MaxLearningRate, Factor.WeightDecay), 0.3);
        Assert.Equal(0, Coefficient(fit, Factor.BatchSize, null), 0.2);
    }

    [Fact]
    public void Fit_NoiseOnly_SaysThatItExplainsNothing()
    {
        SurfaceFit fit = Fit(TrialTables.Random(60, 2, noise: 0.01, (_, _, _, _) => 0.8));

        Assert.False(fit.Explains);
        Assert.Contains("no better than the mean", fit.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Grid_PlantedPeak_HasItWhereItIs()
    {
        SurfaceGrid grid = Fit(TrialTables.Random(150, 3, noise: 0.001, (rate, _, decay, _) =>
            0.9 - (0.05 * (rate - 0.5) * (rate - 0.5)) - (0.05 * (decay + 0.5) * (decay + 0.5)))).Grid!;
        int best = Array.IndexOf(grid.Accuracies, grid.Accuracies.Max());

        Assert.Equal(-0.5, Math.Log10(grid.MaxLearningRates[best % grid.MaxLearningRates.Length]), 0.15);
        Assert.Equal(-4.5, Math.Log10(grid.WeightDecays[best / grid.MaxLearningRates.Length]), 0.15);
        Assert.All(grid.Contours, contour => Assert.Equal(contour.MaxLearningRates.Length, contour.WeightDecays.Length));
        Assert.All(grid.Contours, contour => Assert.True(contour.MaxLearningRates.Length > 0 && contour.MaxLearningRates.Length % 2 == 0));
    }

    [Fact]
    public void Contours_Plane_AreStraightLines()
    {
        double[] axis = [1, 10, 100];
        IsoAccuracy line = Contours.Of(axis, axis, [0.0, 0.1, 0.2, 0.0, 0.1, 0.2, 0.0, 0.1, 0.2])[0];

        Assert.Equal(0.2 / 7, line.Accuracy, 1e-12);
        Assert.All(line.MaxLearningRates, rate => Assert.Equal(Math.Pow(10, 2.0 / 7), rate, 1e-9));
    }

    [Fact]
    public void Grid_TrialsWithoutWeightDecay_StandADecadeBelowTheLeast()
    {
        SurfaceGrid grid = Fit(TrialTables.Grid([0.1, 1], [0, 1e-4, 1e-3], 2, 0.001, (rate, decay) => 0.8 + (0.05 * rate) - (10 * decay))).Grid!;

        Assert.Equal(1e-5, grid.ZeroDecayShownAs!.Value, 1e-12);
        Assert.Equal(1e-5, grid.WeightDecays[0], 1e-12);
    }

    private static SurfaceFit Fit(AnalysedTrial[] trials)
    {
        var outcomes = TrialTables.Outcomes(trials);
        return SurfaceReport.Of(ResponseSurface.Fit(outcomes, new FactorSpace(outcomes), seed: 1), outcomes);
    }

    private static double Coefficient(SurfaceFit fit, Factor first, Factor? second)
    {
        SurfaceTerm term = Assert.Single(fit.Terms, term => term.First == first && term.Second == second);
        Assert.InRange(term.Coefficient, term.Lower, term.Upper);
        return term.Coefficient;
    }
}
