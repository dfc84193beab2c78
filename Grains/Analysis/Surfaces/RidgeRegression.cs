using MathNet.Numerics.LinearAlgebra;

namespace Sweeper.Grains.Analysis.Surfaces;

/// <summary>Ridge regression (Hoerl and Kennard 1970) with an intercept that is not penalised.</summary>
internal static class RidgeRegression
{
    /// <summary>Least penalty: keeps the equations solvable where terms depend on each other, and is too small to be seen otherwise.</summary>
    public const double LeastPenalty = 1e-8;

    /// <summary>Coefficients that minimise the mean squared error plus <paramref name="penalty"/> times their squares.</summary>
    /// <param name="rows">Values of the terms of each case; the first is the constant 1.</param>
    /// <param name="targets">Target of each case; at least one.</param>
    /// <param name="penalty">At least <see cref="LeastPenalty"/>.</param>
    public static double[] Fit(IReadOnlyList<double[]> rows, IReadOnlyList<double> targets, double penalty)
    {
        int terms = rows[0].Length;
        double[] means = [.. Enumerable.Range(0, terms).Select(term => rows.Average(row => row[term]))];
        double mean = targets.Average();
        if (terms == 1)
        {
            return [mean];
        }

        Matrix<double> centred = Matrix<double>.Build.Dense(rows.Count, terms - 1, (row, term) => rows[row][term + 1] - means[term + 1]);
        Vector<double> residuals = Vector<double>.Build.Dense(rows.Count, row => targets[row] - mean);
        Matrix<double> normal = centred.TransposeThisAndMultiply(centred)
            + (Matrix<double>.Build.DenseIdentity(terms - 1) * (penalty * rows.Count));
        Vector<double> slopes = normal.Cholesky().Solve(centred.TransposeThisAndMultiply(residuals));
        return [mean - slopes.Select((slope, term) => slope * means[term + 1]).Sum(), .. slopes];
    }

    /// <summary>Prediction for one case.</summary>
    public static double Predict(double[] coefficients, double[] row)
    {
        double sum = 0;
        for (int term = 0; term < row.Length; term++)
        {
            sum += coefficients[term] * row[term];
        }

        return sum;
    }
}
