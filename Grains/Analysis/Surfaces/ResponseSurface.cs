using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Surfaces;

/// <summary>Quadratic response surface (Box and Wilson 1951) of accuracy over the scaled factors, with bootstrap copies of it for uncertainty.</summary>
internal sealed class ResponseSurface
{
    private const int Copies = 400;
    private const double Level = 0.95;

    /// <summary>Penalties that cross-validation chooses from.</summary>
    private static readonly ImmutableArray<double> Penalties = [RidgeRegression.LeastPenalty, 1e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1];

    private readonly double[] _coefficients;
    private readonly ImmutableArray<double[]> _copies;
    private readonly double _stretch;

    private ResponseSurface(FactorSpace space, SurfaceBasis basis, double penalty, double error, double meanError, double[] coefficients, ImmutableArray<double[]> copies, int trials)
    {
        // A fit of p terms leaves residuals too small by (n - p) / n in variance, and so are the copies' differences.
        _stretch = Math.Sqrt((double)trials / Math.Max(1, trials - basis.Count));
        Space = space;
        Basis = basis;
        Penalty = penalty;
        Error = error;
        MeanError = meanError;
        _coefficients = coefficients;
        _copies = copies;
    }

    /// <summary>Box that it was fitted over.</summary>
    public FactorSpace Space { get; }

    /// <summary>Its terms.</summary>
    public SurfaceBasis Basis { get; }

    /// <summary>Ridge penalty that predicted best.</summary>
    public double Penalty { get; }

    /// <summary>Cross-validated root mean square error, as a fraction.</summary>
    public double Error { get; }

    /// <summary>The same of predicting the mean.</summary>
    public double MeanError { get; }

    /// <summary>Whether it predicts clearly better than the mean: at least a tenth of the variance.</summary>
    public bool Explains => MeanError > 0 && 1 - (Error * Error / (MeanError * MeanError)) >= 0.1;

    /// <summary>Fits the surface.</summary>
    /// <param name="outcomes">At least two configurations.</param>
    /// <param name="space">The box that they span.</param>
    /// <param name="seed">Seed of folds and bootstrap.</param>
    public static ResponseSurface Fit(IReadOnlyList<Outcome> outcomes, FactorSpace space, ulong seed)
    {
        var basis = new SurfaceBasis(space);
        double[][] rows = [.. outcomes.Select(outcome => basis.At(space.Point(outcome)))];
        double[] targets = [.. outcomes.Select(outcome => outcome.Accuracy)];
        var folds = new CrossValidation(outcomes, seed);
        (double error, double penalty) = Penalties.Select(candidate => (folds.Error(rows, targets, candidate), candidate)).Min();
        double meanError = folds.Error([.. rows.Select(_ => new double[] { 1 })], targets, RidgeRegression.LeastPenalty);

        // A resample of few trials may leave terms undetermined: a small penalty keeps its copy from running away.
        double steadied = Math.Max(penalty, Penalties[1]);
        var random = new SplitMix(seed);
        var copies = ImmutableArray.CreateBuilder<double[]>(Copies);
        for (int copy = 0; copy < Copies; copy++)
        {
            int[] draw = Bootstrap.Draw(ref random, rows.Length);
            copies.Add(RidgeRegression.Fit([.. draw.Select(index => rows[index])], [.. draw.Select(index => targets[index])], steadied));
        }

        return new ResponseSurface(space, basis, penalty, error, meanError, RidgeRegression.Fit(rows, targets, penalty), copies.MoveToImmutable(), rows.Length);
    }

    /// <summary>Predicted accuracy at a scaled point, kept within [0, 1].</summary>
    public double Predict(double[] point) => Math.Clamp(RidgeRegression.Predict(_coefficients, Basis.At(point)), 0, 1);

    /// <summary>A weighted sum of the coefficients with its interval, in accuracy points: what any contrast of predictions is.</summary>
    /// <param name="weights">One for each term.</param>
    public PointsInterval Contrast(double[] weights)
    {
        double estimate = 100 * RidgeRegression.Predict(_coefficients, weights);
        double[] copies = [.. _copies.Select(copy => 100 * RidgeRegression.Predict(copy, weights))];
        double middle = Sample.Median(copies);
        Interval interval = Bootstrap.Percentile(copies.Select(copy => middle + (_stretch * (copy - middle))), Level).Around(estimate);
        return new PointsInterval(estimate, interval.Lower, interval.Upper);
    }

    /// <summary>Coefficient of a term with its interval, in accuracy points.</summary>
    public PointsInterval Coefficient(int term)
    {
        double[] weights = new double[Basis.Count];
        weights[term] = 1;
        return Contrast(weights);
    }

    /// <summary>Coefficient of the product of two factors; null where either does not vary.</summary>
    public PointsInterval? Product(Factor first, Factor second) => Basis.Product(first, second) is >= 0 and int term ? Coefficient(term) : null;
}
