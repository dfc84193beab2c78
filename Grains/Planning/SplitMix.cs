namespace Sweeper.Grains.Planning;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a counter-based generator whose numbers are the same on every runtime
/// for ever, which <see cref="System.Random"/> does not promise. Stored sweeps depend on it.
/// </summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Next 64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Next number, even in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Next whole number, even in [0, <paramref name="count"/>).</summary>
    public int NextIndex(int count) => (int)(NextDouble() * count);

    /// <summary>Seed of a trial: depends on the sweep's seed and the replicate only, so that configurations are compared on equal luck.</summary>
    /// <param name="sweepSeed">Seed of the sweep.</param>
    /// <param name="replicate">Replicate, from 1.</param>
    public static int TrialSeed(int sweepSeed, int replicate) =>
        replicate == 1
            ? sweepSeed
            : (int)(new SplitMix(((ulong)(uint)sweepSeed << 32) | (uint)replicate).NextBits() & 0x7FFFFFFF);
}
