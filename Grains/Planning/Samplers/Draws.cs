namespace Sweeper.Grains.Planning.Samplers;

/// <summary>Random numbers of a suggestion.</summary>
internal static class Draws
{
    /// <summary>A stream of its own for each pair of numbers.</summary>
    /// <param name="seed">Seed of the sweep.</param>
    /// <param name="index">Which suggestion (or which other purpose), from 0.</param>
    public static SplitMix Stream(ulong seed, int index) =>
        new(Hash(Hash(seed) ^ (uint)index));

    /// <summary>64 bits that depend on every bit of <paramref name="bits"/>.</summary>
    public static ulong Hash(ulong bits) => new SplitMix(bits).NextBits();

    /// <summary>Next number of the standard normal distribution. Box and Muller, Ann. Math. Stat. 29 (1958).</summary>
    public static double NextNormal(ref SplitMix random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
