using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Negative logarithm of the posterior density of a kernel's parameters. Its arguments are their logarithms: of each 1 / ℓ²,
/// of the signal's variance, of the noise's variance. The priors are normal in these, and ours.
/// </summary>
internal sealed class KernelPosterior
{
    /// <summary>Bounds of an argument: outside, the covariance is the identity or singular.</summary>
    private const double MostLog = 12;

    /// <summary>Least variance of the noise: keeps the covariance's Cholesky factor real.</summary>
    private const double LeastNoise = 1e-6;

    private readonly ImmutableArray<double[]> _places;
    private readonly Vector<double> _targets;
    private readonly int _features;
    private readonly ImmutableArray<(double Mean, double Deviation)> _priors;

    /// <summary>Posterior given some results.</summary>
    /// <param name="places">Features of the points.</param>
    /// <param name="targets">A result for each, mean 0 and variance 1.</param>
    public KernelPosterior(ImmutableArray<double[]> places, ImmutableArray<double> targets)
    {
        _places = places;
        _targets = Vector<double>.Build.DenseOfEnumerable(targets);
        _features = places[0].Length;
        // The more features, the longer the scales: else every pair of points is far apart. Hvarfner et al., ICML 2024.
        (double, double) scale = (1.4 - Math.Log(_features), 2.0);
        _priors = [.. Enumerable.Repeat(scale, _features), (0.5, 1.5), (-8, 3)];
    }

    /// <summary>A place to start from.</summary>
    /// <param name="scale">Logarithm of every 1 / ℓ².</param>
    public Vector<double> Start(double scale) =>
        Vector<double>.Build.Dense(_features + 2, index => index < _features ? scale - Math.Log(_features) + 0.5 : index == _features ? 0 : -6);

    /// <summary>The parameters whose logarithms are given.</summary>
    public static KernelParameters Parameters(Vector<double> logs)
    {
        double[] values = [.. logs.Select(log => Math.Exp(Math.Clamp(double.IsNaN(log) ? 0 : log, -MostLog, MostLog)))];
        return new KernelParameters([.. values[..^2]], values[^2], values[^1] + LeastNoise);
    }

    /// <summary>Loss and its gradient.</summary>
    public (double Loss, Vector<double> Gradient) LossAt(Vector<double> logs)
    {
        KernelParameters parameters = Parameters(logs);
        int count = _places.Length;
        var covariance = Matrix<double>.Build.Dense(count, count, (row, column) =>
            parameters.Covariance(_places[row], _places[column]) + (row == column ? parameters.Noise : 0));
        var cholesky = covariance.Cholesky();
        Vector<double> weights = cholesky.Solve(_targets);
        double loss = (0.5 * _targets.DotProduct(weights)) + (0.5 * cholesky.DeterminantLn);
        double[] gradient = Gradient(parameters, cholesky.Solve(Matrix<double>.Build.DenseIdentity(count)), weights);
        for (int index = 0; index < gradient.Length; index++)
        {
            double offset = (logs[index] - _priors[index].Mean) / _priors[index].Deviation;
            loss += 0.5 * offset * offset;
            gradient[index] += offset / _priors[index].Deviation;
        }

        return (loss, Vector<double>.Build.Dense(gradient));
    }

    /// <summary>Half the trace of (K⁻¹ - αα') times the derivative of K. Rasmussen and Williams, eq. 5.9.</summary>
    private double[] Gradient(KernelParameters parameters, Matrix<double> inverse, Vector<double> weights)
    {
        double[] gradient = new double[_features + 2];
        double[] squares = new double[_features];
        for (int row = 0; row < _places.Length; row++)
        {
            double own = inverse[row, row] - (weights[row] * weights[row]);
            gradient[_features] += 0.5 * own * parameters.Signal;
            gradient[_features + 1] += 0.5 * own * (parameters.Noise - LeastNoise);
            for (int column = 0; column < row; column++)
            {
                double square = 0;
                for (int feature = 0; feature < _features; feature++)
                {
                    double difference = _places[row][feature] - _places[column][feature];
                    squares[feature] = difference * difference * parameters.InverseSquares[feature];
                    square += squares[feature];
                }

                double pair = (inverse[row, column] - (weights[row] * weights[column])) * parameters.Signal; // both halves
                gradient[_features] += pair * KernelParameters.Correlation(square);
                double slope = pair * KernelParameters.Slope(square);
                for (int feature = 0; feature < _features; feature++)
                {
                    gradient[feature] += slope * squares[feature];
                }
            }
        }

        return gradient;
    }
}
