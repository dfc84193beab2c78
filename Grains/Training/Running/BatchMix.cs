using Sweeper.Training.Data;

namespace Sweeper.Training.Running;

/// <summary>How the images of one step are mixed: a function of the run's seed and the step alone, so that a resumed run does the same.</summary>
/// <param name="Pastes">Whether a rectangle is pasted (cutmix); otherwise images are blended (mixup).</param>
/// <param name="Share">Share that an image keeps of itself as drawn; in [0, 1].</param>
/// <param name="Row">Middle of the rectangle, as a fraction of the height.</param>
/// <param name="Column">Middle of the rectangle, as a fraction of the width.</param>
internal readonly record struct BatchMix(bool Pastes, double Share, double Row, double Column)
{
    private const ulong Purpose = 0x317C_0001;

    /// <summary>Draws it.</summary>
    /// <param name="options">What mixes; at least one of the two.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="step">Steps taken before.</param>
    public static BatchMix Of(TargetOptions options, long seed, int step)
    {
        var random = new SeededRandom(seed, Purpose + ((ulong)step << 32));
        bool pastes = options.Cutmix > 0 && (options.Mixup == 0 || Uniform(random) < 0.5);
        double alpha = pastes ? options.Cutmix : options.Mixup;
        return new BatchMix(pastes, Beta(random, alpha), Uniform(random), Uniform(random));
    }

    /// <summary>The rectangle in an image, cut off at its borders.</summary>
    public (int Top, int Left, int Height, int Width) Rectangle(int height, int width)
    {
        double side = Math.Sqrt(1 - Share);
        (int top, int tall) = Side(Row, side, height);
        (int left, int wide) = Side(Column, side, width);
        return (top, left, tall, wide);

        static (int From, int Length) Side(double middle, double side, int length)
        {
            double half = side * length / 2;
            int from = (int)Math.Clamp(Math.Round((middle * length) - half), 0, length);
            int to = (int)Math.Clamp(Math.Round((middle * length) + half), 0, length);
            return (from, to - from);
        }
    }

    /// <summary>A draw from Beta(alpha, alpha): of two gamma draws the share of the first, by their logarithms, which do not vanish at small alphas.</summary>
    private static double Beta(SeededRandom random, double alpha) => 1 / (1 + Math.Exp(-LogGamma(random, alpha) + LogGamma(random, alpha)));

    /// <summary>Logarithm of a draw from a gamma distribution (Marsaglia and Tsang, ACM TOMS 26, 2000).</summary>
    private static double LogGamma(SeededRandom random, double alpha)
    {
        if (alpha < 1)
        {
            double lift = Math.Log(1 - Uniform(random)) / alpha;
            return LogGamma(random, alpha + 1) + lift;
        }

        double d = alpha - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Normal(random);
            double cube = Math.Pow(1 + (c * normal), 3);
            if (cube > 0 && Math.Log(1 - Uniform(random)) < (normal * normal / 2) + d - (d * cube) + (d * Math.Log(cube)))
            {
                return Math.Log(d * cube);
            }
        }
    }

    private static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - Uniform(random))) * Math.Cos(2 * Math.PI * Uniform(random));

    private static double Uniform(SeededRandom random) => (random.NextBits() >> 11) * (1.0 / (1L << 53));
}
