using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Fits <see cref="KernelParameters"/> to results: the greatest posterior density of their logarithms, found by a quasi-Newton
/// method from two starts.
/// </summary>
internal static class KernelFit
{
    private const int MostSteps = 40;

    /// <summary>Starts: the logarithm of 1 / ℓ² for length scales of 0.5 and 0.15.</summary>
    private static readonly ImmutableArray<double> Starts = [1.4, 3.8];

    /// <summary>Parameters for some results.</summary>
    /// <param name="places">Features of the points.</param>
    /// <param name="targets">A result for each, mean 0 and variance 1.</param>
    public static KernelParameters Of(ImmutableArray<double[]> places, ImmutableArray<double> targets)
    {
        var posterior = new KernelPosterior(places, targets);
        Vector<double>? best = null;
        double bestLoss = double.PositiveInfinity;
        foreach (double start in Starts)
        {
            Vector<double> first = posterior.Start(start);
            Minimise(first);
        }

        return KernelPosterior.Parameters(best ?? posterior.Start(Starts[0]));

        void Minimise(Vector<double> first)
        {
            var objective = ObjectiveFunction.Gradient(logs =>
            {
                (double loss, Vector<double> gradient) = posterior.LossAt(logs);
                if (loss < bestLoss)
                {
                    (best, bestLoss) = (logs.Clone(), loss);
                }

                return (loss, gradient);
            });
            try
            {
                new BfgsMinimizer(1e-3, 1e-4, 1e-5, MostSteps).FindMinimum(objective, first);
            }
            catch (OptimizationException)
            {
                // Out of steps, or no further descent along the line: the best place seen serves as well.
            }
        }
    }
}
