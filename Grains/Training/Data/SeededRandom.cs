namespace Sweeper.Training.Data;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a few lines that give the same numbers on every version of .NET,
/// so that a seed written in a spec today names the same subset and split for good.
/// </summary>
/// <param name="seed">Any number.</param>
/// <param name="purpose">Keeps the draws of one seed for different ends apart.</param>
internal sealed class SeededRandom(long seed, ulong purpose)
{
    private ulong _state = Mix(unchecked((ulong)seed) ^ Mix(purpose));

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A uniform whole number in [0, <paramref name="bound"/>).</summary>
    public int Next(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>Puts <paramref name="items"/> in uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
