using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>A Gaussian process given some results. Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), algorithm 2.1.</summary>
internal sealed class GaussianProcess
{
    private readonly KernelParameters _parameters;
    private readonly ImmutableArray<double[]> _places;
    private readonly double[] _weights;
    private readonly double[][] _factor;

    /// <summary>The process given some results.</summary>
    /// <param name="parameters">Kernel and noise.</param>
    /// <param name="places">Features of the points; at least one.</param>
    /// <param name="targets">A result for each, around 0.</param>
    public GaussianProcess(KernelParameters parameters, ImmutableArray<double[]> places, ImmutableArray<double> targets)
    {
        _parameters = parameters;
        _places = places;
        var covariance = Matrix<double>.Build.Dense(places.Length, places.Length, (row, column) =>
            parameters.Covariance(places[row], places[column]) + (row == column ? parameters.Noise : 0));
        var cholesky = covariance.Cholesky();
        _weights = cholesky.Solve(Vector<double>.Build.DenseOfEnumerable(targets)).ToArray();
        _factor = cholesky.Factor.ToRowArrays();
    }

    /// <summary>Mean and variance of the function at a place.</summary>
    /// <param name="place">Features.</param>
    public (double Mean, double Variance) At(double[] place)
    {
        double[] solved = new double[_places.Length];
        double mean = 0;
        double explained = 0;
        for (int row = 0; row < solved.Length; row++)
        {
            double covariance = _parameters.Covariance(place, _places[row]);
            mean += covariance * _weights[row];
            double[] factor = _factor[row];
            for (int column = 0; column < row; column++)
            {
                covariance -= factor[column] * solved[column];
            }

            solved[row] = covariance / factor[row];
            explained += solved[row] * solved[row];
        }

        return (mean, Math.Max(_parameters.Signal - explained, 1e-12));
    }

    /// <summary>Least mean at the places the process was made from: what there is to improve on, free of the results' noise.</summary>
    public double LeastMean() => _places.Min(place => At(place).Mean);
}
