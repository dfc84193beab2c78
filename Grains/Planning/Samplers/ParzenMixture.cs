using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// A density over a space: a mixture of one product of kernels for each point it was made from, and one broad product as the
/// prior. A dimension that is inactive in a point has the prior's kernel there.
/// </summary>
internal sealed class ParzenMixture
{
    private readonly SampleSpace _space;
    private readonly ImmutableArray<ImmutableArray<ParzenKernel>> _components;

    /// <summary>Density of some points.</summary>
    /// <param name="space">Space.</param>
    /// <param name="points">Points; may be empty, which leaves the prior.</param>
    /// <param name="width">
    /// Standard deviation of one point's kernels in the unit cube; greater than 0. More points have narrower ones: Scott's rule,
    /// Multivariate Density Estimation (1992).
    /// </param>
    public ParzenMixture(SampleSpace space, ImmutableArray<Point> points, double width)
    {
        _space = space;
        double narrowed = width * Math.Pow(Math.Max(points.Length, 1), -1.0 / (space.Size + 4));
        _components = [.. points.Select(point => Product(point, narrowed, points.Length)), Prior()];
    }

    /// <summary>Coordinates of a random point.</summary>
    public double[] Draw(ref SplitMix random)
    {
        ImmutableArray<ParzenKernel> component = _components[random.NextIndex(_components.Length)];
        double[] unit = new double[component.Length];
        for (int dimension = 0; dimension < unit.Length; dimension++)
        {
            unit[dimension] = component[dimension].Draw(ref random);
        }

        return unit;
    }

    /// <summary>Logarithm of the density at a point, over its active dimensions.</summary>
    public double LogDensity(Point point)
    {
        double[] logs = new double[_components.Length];
        double most = double.NegativeInfinity;
        for (int component = 0; component < logs.Length; component++)
        {
            for (int dimension = 0; dimension < _space.Size; dimension++)
            {
                logs[component] += point.IsActive(dimension) ? _components[component][dimension].LogDensity(point[dimension]) : 0;
            }

            most = Math.Max(most, logs[component]);
        }

        double sum = 0;
        foreach (double log in logs)
        {
            sum += Math.Exp(log - most);
        }

        return most + Math.Log(sum / logs.Length);
    }

    private ImmutableArray<ParzenKernel> Prior() => [.. _space.Dimensions.Select(ParzenKernel.Prior)];

    private ImmutableArray<ParzenKernel> Product(Point point, double width, int points) =>
    [
        .. _space.Dimensions.Select((dimension, index) => point.IsActive(index)
            ? ParzenKernel.At(dimension, point[index], width, points)
            : ParzenKernel.Prior(dimension)),
    ];
}
