using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// The normal distribution that <see cref="CmaEsSampler"/> draws from, with its evolution paths. Letters and constants are
/// those of Hansen's tutorial, arXiv:1604.00772, table 1, without negative weights.
/// </summary>
internal sealed class SearchDistribution
{
    /// <summary>First step size in the unit cube. Optuna starts with a sixth; the mean is the best of ten points here, so less will do.</summary>
    private const double FirstStepSize = 1.0 / 8;

    /// <summary>Bounds of the step size: below, nothing would move; above, every draw would miss the cube.</summary>
    private const double LeastStepSize = 1e-8;
    private const double MostStepSize = 1;

    private readonly int _n;
    private readonly ImmutableArray<double> _floors;
    private Vector<double> _mean;
    private double _stepSize = FirstStepSize;
    private Matrix<double> _covariance;
    private Matrix<double> _axes;
    private Vector<double> _lengths;
    private Vector<double> _stepPath;
    private Vector<double> _covariancePath;
    private int _generations;

    /// <summary>The first distribution.</summary>
    /// <param name="mean">Where it is centred, in the unit cube.</param>
    /// <param name="floors">Least standard deviation of each coordinate; at least 0.</param>
    public SearchDistribution(ImmutableArray<double> mean, ImmutableArray<double> floors)
    {
        _n = mean.Length;
        _floors = floors;
        _mean = Vector<double>.Build.DenseOfEnumerable(mean);
        _covariance = Matrix<double>.Build.DenseIdentity(_n);
        _axes = Matrix<double>.Build.DenseIdentity(_n);
        _lengths = Vector<double>.Build.Dense(_n, 1);
        _stepPath = Vector<double>.Build.Dense(_n);
        _covariancePath = Vector<double>.Build.Dense(_n);
        GenerationSize = 4 + (int)(3 * Math.Log(_n));
    }

    /// <summary>Points of a generation (λ).</summary>
    public int GenerationSize { get; }

    /// <summary>A random place; may lie outside the unit cube.</summary>
    public double[] Draw(ref SplitMix random)
    {
        double[] scaled = new double[_n];
        for (int index = 0; index < _n; index++)
        {
            scaled[index] = _lengths[index] * Draws.NextNormal(ref random);
        }

        double[] place = (_mean + (_stepSize * (_axes * Vector<double>.Build.Dense(scaled)))).ToArray();
        for (int index = 0; index < _n; index++)
        {
            double deviation = _stepSize * Math.Sqrt(_covariance[index, index]);
            if (deviation < _floors[index])
            {
                place[index] = _mean[index] + (_floors[index] * Draws.NextNormal(ref random));
            }
        }

        return place;
    }

    /// <summary>Moves the distribution towards the better half of a generation.</summary>
    /// <param name="ranked">
    /// Places of the generation, the best first, without those that failed; failures leave fewer to move towards.
    /// </param>
    public void Learn(ImmutableArray<double[]> ranked)
    {
        int parents = Math.Min(GenerationSize / 2, ranked.Length); // μ
        if (parents == 0)
        {
            return;
        }

        double[] weights = Weights(parents);
        double mass = 1 / weights.Sum(weight => weight * weight); // μ_eff
        ImmutableArray<Vector<double>> steps =
            [.. ranked.Take(parents).Select(place => (Vector<double>.Build.Dense(place) - _mean) / _stepSize)];
        Vector<double> move = steps.Select((step, index) => step * weights[index]).Aggregate((sum, step) => sum + step);

        double stepRate = (mass + 2) / (_n + mass + 5); // c_σ
        double damping = 1 + (2 * Math.Max(0, Math.Sqrt((mass - 1) / (_n + 1)) - 1)) + stepRate;
        double pathRate = (4 + (mass / _n)) / (_n + 4 + (2 * mass / _n)); // c_c
        double rankOne = 2 / (Math.Pow(_n + 1.3, 2) + mass);
        double rankMany = Math.Min(1 - rankOne, 2 * (mass - 2 + (1 / mass)) / (Math.Pow(_n + 2, 2) + mass));
        double expected = Math.Sqrt(_n) * (1 - (1.0 / (4 * _n)) + (1.0 / (21.0 * _n * _n))); // E‖N(0, I)‖

        _generations++;
        _mean += _stepSize * move;
        Vector<double> whitened = _axes * (_axes.TransposeThisAndMultiply(move) / _lengths.PointwiseMaximum(1e-12));
        _stepPath = ((1 - stepRate) * _stepPath) + (Math.Sqrt(stepRate * (2 - stepRate) * mass) * whitened);
        double length = _stepPath.L2Norm() / Math.Sqrt(1 - Math.Pow(1 - stepRate, 2 * _generations));
        double on = length / expected < 1.4 + (2 / (_n + 1.0)) ? 1 : 0; // h_σ
        _covariancePath = ((1 - pathRate) * _covariancePath) + (on * Math.Sqrt(pathRate * (2 - pathRate) * mass) * move);
        double keep = 1 - rankOne - rankMany + ((1 - on) * rankOne * pathRate * (2 - pathRate));
        _covariance = (keep * _covariance) + (rankOne * _covariancePath.OuterProduct(_covariancePath));
        for (int index = 0; index < parents; index++)
        {
            _covariance += rankMany * weights[index] * steps[index].OuterProduct(steps[index]);
        }

        _stepSize = Math.Clamp(
            _stepSize * Math.Exp(stepRate / damping * ((_stepPath.L2Norm() / expected) - 1)), LeastStepSize, MostStepSize);
        Decompose();
    }

    private double[] Weights(int parents)
    {
        double[] weights = new double[parents];
        for (int index = 0; index < parents; index++)
        {
            weights[index] = Math.Log((GenerationSize + 1) / 2.0) - Math.Log(index + 1);
        }

        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }

    private void Decompose()
    {
        _covariance = (_covariance + _covariance.Transpose()) / 2;
        var decomposition = _covariance.Evd(Symmetricity.Symmetric);
        _axes = decomposition.EigenVectors;
        _lengths = Vector<double>.Build.Dense(_n, index => Math.Sqrt(Math.Max(decomposition.EigenValues[index].Real, 1e-20)));
    }
}
