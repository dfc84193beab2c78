namespace Sweeper.Grains.Planning.Samplers;

/// <summary>Density of one dimension of a <see cref="ParzenMixture"/>'s component.</summary>
internal abstract class ParzenKernel
{
    /// <summary>Coordinate in [0, 1] of a random value.</summary>
    public abstract double Draw(ref SplitMix random);

    /// <summary>Logarithm of the density (of separate values: the probability) of a value.</summary>
    public abstract double LogDensity(double value);

    /// <summary>The broad kernel.</summary>
    public static ParzenKernel Prior(Dimension dimension) => dimension is Dimension.Choice choice
        ? new Options(choice.Options.Length, 0, 0)
        : new Normal(dimension, 0.5, 1);

    /// <summary>The kernel around a value.</summary>
    /// <param name="dimension">Dimension.</param>
    /// <param name="value">Value.</param>
    /// <param name="width">Standard deviation in the unit interval.</param>
    /// <param name="points">Points in the mixture: the more, the surer of an option.</param>
    public static ParzenKernel At(Dimension dimension, double value, double width, int points) => dimension is Dimension.Choice choice
        ? new Options(choice.Options.Length, (int)value, points + 1)
        : new Normal(dimension, UnitAxis.UnitOf(dimension, value), width);

    /// <summary>A normal distribution of the coordinate, cut off at 0 and 1.</summary>
    private sealed class Normal(Dimension dimension, double mean, double deviation) : ParzenKernel
    {
        /// <summary>Keeps the logarithm finite far away from the mean.</summary>
        private const double LeastShare = 1e-300;

        private readonly double _below = Cumulative((0 - mean) / deviation);
        private readonly double _inside = Cumulative((1 - mean) / deviation) - Cumulative((0 - mean) / deviation);

        public override double Draw(ref SplitMix random) => Math.Clamp(
            mean + (deviation * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, _below + (random.NextDouble() * _inside))), 0, 1);

        public override double LogDensity(double value)
        {
            if (dimension is Dimension.Real)
            {
                double offset = (UnitAxis.UnitOf(dimension, value) - mean) / deviation;
                return (-0.5 * offset * offset) - Math.Log(deviation * _inside * Math.Sqrt(2 * Math.PI));
            }

            (double low, double high) = UnitAxis.CellOf(dimension, value);
            double share = Cumulative((high - mean) / deviation) - Cumulative((low - mean) / deviation);
            return Math.Log(Math.Max(share, LeastShare) / _inside);
        }

        private static double Cumulative(double x) => MathNet.Numerics.Distributions.Normal.CDF(0, 1, x);
    }

    /// <summary>Probabilities of options: one has <paramref name="weight"/> shares more than each other one's single share.</summary>
    private sealed class Options(int count, int favourite, int weight) : ParzenKernel
    {
        public override double Draw(ref SplitMix random)
        {
            int share = random.NextIndex(count + weight);
            return ((share < count ? share : favourite) + 0.5) / count;
        }

        public override double LogDensity(double value) =>
            Math.Log((1.0 + ((int)value == favourite ? weight : 0)) / (count + weight));
    }
}
