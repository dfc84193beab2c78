using MathNet.Numerics.Distributions;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Finds the point with the greatest expected improvement: many points all over the space and around the best one, then a
/// random local search with ever shorter steps from the most promising of them.
/// </summary>
internal sealed class Acquisition(SampleSpace space, FeatureSpace features, GaussianProcess process)
{
    private const int Spread = 400;
    private const int Around = 100;
    private const int Climbers = 4;
    private const int StepsOfClimber = 80;
    private const double FirstReach = 0.1;
    private const double LastReach = 1e-4;

    private readonly double _toBeat = process.LeastMean();

    /// <summary>The best point that is not known yet.</summary>
    /// <param name="seed">Seed of the sweep.</param>
    /// <param name="history">Points suggested so far.</param>
    /// <param name="incumbent">Best point so far.</param>
    public Point Best(ulong seed, IReadOnlyList<Observation> history, Point incumbent)
    {
        Func<Point, bool> isKnown = Fresh.Known(history);
        SplitMix random = Draws.Stream(seed, history.Count);
        ulong scrambling = random.NextBits();
        var candidates = new List<Candidate>();
        for (int index = 0; index < Spread; index++)
        {
            candidates.Add(Judge(SobolSampler.Unit((uint)index, space.Size, scrambling)));
        }

        double[] centre = space.UnitOf(incumbent);
        for (int index = 0; index < Around; index++)
        {
            double reach = FirstReach * Math.Pow(LastReach / FirstReach, index / (double)Around);
            candidates.Add(Judge(Moved(centre, reach, ref random)));
        }

        List<Candidate> climbed = [];
        foreach (Candidate start in candidates.OrderByDescending(candidate => candidate.Score).Take(Climbers))
        {
            climbed.Add(Climb(start, ref random));
        }

        foreach (Candidate candidate in climbed.Concat(candidates).OrderByDescending(candidate => candidate.Score))
        {
            if (!isKnown(candidate.Point))
            {
                return candidate.Point;
            }
        }

        return RandomSampler.Instance.Suggest(space, seed, history);
    }

    /// <summary>
    /// Logarithm of the expected improvement over <paramref name="toBeat"/>: the logarithm still has a slope where the
    /// improvement itself is too small for a double. Ament et al., NeurIPS 2023.
    /// </summary>
    public static double LogImprovement(double mean, double variance, double toBeat)
    {
        double deviation = Math.Sqrt(variance);
        double z = (toBeat - mean) / deviation;
        double logDensity = (-0.5 * z * z) - (0.5 * Math.Log(2 * Math.PI));
        double log = z > -5
            ? Math.Log(Math.Exp(logDensity) + (z * Normal.CDF(0, 1, z)))
            : logDensity - (2 * Math.Log(-z)) + Math.Log(1 - (3 / (z * z)) + (15 / (z * z * z * z))); // Mills' ratio, expanded
        return log + Math.Log(deviation);
    }

    private Candidate Climb(Candidate best, ref SplitMix random)
    {
        for (int step = 0; step < StepsOfClimber; step++)
        {
            double reach = FirstReach * Math.Pow(LastReach / FirstReach, step / (double)StepsOfClimber);
            Candidate candidate = Judge(Moved(best.Unit, reach, ref random));
            best = candidate.Score > best.Score ? candidate : best;
        }

        return best;
    }

    /// <summary>A place near another. Now and then a dimension jumps, which is how choices and separate values change.</summary>
    private double[] Moved(double[] unit, double reach, ref SplitMix random)
    {
        double[] moved = new double[unit.Length];
        int most = 1 + random.NextIndex(unit.Length);
        for (int index = 0; index < moved.Length; index++)
        {
            bool jumps = double.IsNaN(unit[index])
                || (space.Dimensions[index] is not Dimension.Real && random.NextDouble() < 0.5 / unit.Length);
            bool moves = random.NextIndex(unit.Length) < most;
            double step = moves ? reach * Draws.NextNormal(ref random) : 0;
            moved[index] = jumps ? random.NextDouble() : Math.Clamp(unit[index] + (space.Dimensions[index] is Dimension.Choice ? 0 : step), 0, 1);
        }

        return moved;
    }

    private Candidate Judge(double[] unit)
    {
        Point point = space.PointAt(unit);
        (double mean, double variance) = process.At(features.Of(point));
        return new Candidate(unit, point, LogImprovement(mean, variance, _toBeat));
    }

    /// <summary>A place of the unit cube, its point, and the logarithm of the expected improvement there.</summary>
    private readonly record struct Candidate(double[] Unit, Point Point, double Score);
}
