using System.Globalization;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Analysis.Surfaces;

/// <summary>A fitted surface as it is reported.</summary>
internal static class SurfaceReport
{
    private const int GridSize = 25;

    /// <summary>Terms, errors, grid and what they mean.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="outcomes">Outcomes that it was fitted to.</param>
    public static SurfaceFit Of(ResponseSurface surface, IReadOnlyList<Outcome> outcomes)
    {
        var fit = new SurfaceFit(
            outcomes.Count,
            [.. Enumerable.Range(0, surface.Basis.Count).Select(term => Term(surface, term))],
            surface.Penalty,
            100 * surface.Error,
            100 * surface.MeanError,
            Grid(surface, outcomes),
            "");
        return fit with { Summary = Summary(fit) };
    }

    private static SurfaceTerm Term(ResponseSurface surface, int term)
    {
        PointsInterval coefficient = surface.Coefficient(term);
        (Factor? first, Factor? second) = surface.Basis.FactorsOf(term);
        return new SurfaceTerm(first, second, coefficient.Points, coefficient.Lower, coefficient.Upper);
    }

    private static string Summary(SurfaceFit fit) => string.Create(
        CultureInfo.InvariantCulture,
        $"On configurations left out, the surface errs by {fit.CrossValidatedError:0.00} points and the mean by {fit.MeanError:0.00}: ")
        + (fit.Explains
            ? string.Create(CultureInfo.InvariantCulture, $"it predicts {100 * fit.PredictedShare:0}% of the variance.")
            : "it predicts no better than the mean, so do not read its effects.");

    private static SurfaceGrid? Grid(ResponseSurface surface, IReadOnlyList<Outcome> outcomes)
    {
        FactorSpace space = surface.Space;
        int rate = space.IndexOf(Factor.MaxLearningRate);
        int decay = space.IndexOf(Factor.WeightDecay);
        if (rate < 0 || decay < 0)
        {
            return null;
        }

        double batch = Sample.Median(outcomes.Select(outcome => outcome[Factor.BatchSize]));
        double dropout = Sample.Median(outcomes.Select(outcome => outcome[Factor.Dropout]));
        double[] point = [.. space.Varying.Select(scale => scale.Factor switch
        {
            Factor.BatchSize => scale.Scale(batch),
            Factor.Dropout => scale.Scale(dropout),
            Factor.TrainImages => scale.Scale(Sample.Median(outcomes.Select(outcome => outcome[Factor.TrainImages]))),
            _ => 0,
        })];
        double[] scaled = [.. Enumerable.Range(0, GridSize).Select(index => (2.0 * index / (GridSize - 1)) - 1)];
        double[] rates = [.. scaled.Select(space.Varying[rate].Unscale)];
        double[] decays = [.. scaled.Select(space.Varying[decay].Unscale)];
        double[] values = [.. scaled.SelectMany(row => scaled.Select(column => At(surface, point, (rate, column), (decay, row))))];
        return new SurfaceGrid(rates, decays, values, batch, dropout, space.Varying[decay].ZeroShownAs, Contours.Of(rates, decays, values));
    }

    private static double At(ResponseSurface surface, double[] fixedPoint, (int Index, double Value) rate, (int Index, double Value) decay)
    {
        double[] point = [.. fixedPoint];
        point[rate.Index] = rate.Value;
        point[decay.Index] = decay.Value;
        return surface.Predict(point);
    }
}
