using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>Parameters of a Matérn kernel of smoothness 5/2 with a length scale for each feature, and of the noise.</summary>
/// <param name="InverseSquares">1 / ℓ² for each feature; greater than 0.</param>
/// <param name="Signal">Variance of the function.</param>
/// <param name="Noise">Variance of a result around the function.</param>
internal sealed record KernelParameters(ImmutableArray<double> InverseSquares, double Signal, double Noise)
{
    private static readonly double RootFive = Math.Sqrt(5);

    /// <summary>Covariance of the function at two places. Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), eq. 4.17.</summary>
    public double Covariance(double[] one, double[] other)
    {
        double square = 0;
        for (int feature = 0; feature < one.Length; feature++)
        {
            double difference = one[feature] - other[feature];
            square += difference * difference * InverseSquares[feature];
        }

        return Signal * Correlation(square);
    }

    /// <summary>Correlation at a scaled squared distance r².</summary>
    public static double Correlation(double square)
    {
        double reach = RootFive * Math.Sqrt(square);
        return (1 + reach + (reach * reach / 3)) * Math.Exp(-reach);
    }

    /// <summary>Derivative of <see cref="Correlation"/> by r².</summary>
    public static double Slope(double square)
    {
        double reach = RootFive * Math.Sqrt(square);
        return -5.0 / 6 * (1 + reach) * Math.Exp(-reach);
    }
}
