using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Surfaces;

namespace Sweeper.Grains.Analysis.Balance;

/// <summary>Effect of dropout by the fitted surface.</summary>
internal static class DropoutAnalysis
{
    /// <summary>The effect; null where dropout does not vary.</summary>
    /// <param name="surface">The surface.</param>
    /// <param name="outcomes">Outcomes that effects are averaged over.</param>
    public static DropoutEffect? Of(ResponseSurface surface, IReadOnlyList<Outcome> outcomes)
    {
        FactorSpace space = surface.Space;
        if (space.IndexOf(Factor.Dropout) < 0)
        {
            return null;
        }

        bool rates = space.IndexOf(Factor.MaxLearningRate) >= 0;
        return new DropoutEffect(
            space[Factor.Dropout].Lowest,
            space[Factor.Dropout].Highest,
            surface.Contrast(Weights(surface, outcomes, null)),
            rates ? surface.Contrast(Weights(surface, outcomes, -1)) : null,
            rates ? surface.Contrast(Weights(surface, outcomes, 1)) : null);
    }

    /// <summary>Terms at most dropout minus terms at least dropout, averaged, with the scaled rate set where one is given.</summary>
    private static double[] Weights(ResponseSurface surface, IReadOnlyList<Outcome> outcomes, double? rate)
    {
        double[] weights = new double[surface.Basis.Count];
        int dropout = surface.Space.IndexOf(Factor.Dropout);
        foreach (Outcome outcome in outcomes)
        {
            double[] point = surface.Space.Point(outcome);
            if (rate is { } value)
            {
                point[surface.Space.IndexOf(Factor.MaxLearningRate)] = value;
            }

            point[dropout] = 1;
            double[] most = surface.Basis.At(point);
            point[dropout] = -1;
            double[] least = surface.Basis.At(point);
            for (int term = 0; term < weights.Length; term++)
            {
                weights[term] += (most[term] - least[term]) / outcomes.Count;
            }
        }

        return weights;
    }
}
