using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Sobol' points (USSR Comput. Math. Math. Phys. 7, 1967) in Gray-code order, with Owen's nested uniform scrambling (1995):
/// each bit is flipped or not by a hash of the bits above it, so every elementary interval keeps its share of the points
/// and every point is even in the cube. Hashing in place of stored permutations: Laine and Karras, CGF 30 (2011).
/// </summary>
internal static class SobolSequence
{
    /// <summary>Coordinates that have direction numbers. Those beyond are plain random numbers.</summary>
    public static int MostDimensions => SobolDirections.All.Length;

    /// <summary>Scrambled coordinate.</summary>
    /// <param name="index">Which point, from 0.</param>
    /// <param name="dimension">Which coordinate, from 0.</param>
    /// <param name="seed">Seed of the scrambling.</param>
    /// <returns>In (0, 1).</returns>
    public static double Coordinate(uint index, int dimension, ulong seed)
    {
        ulong key = Draws.Hash(seed ^ Draws.Hash((ulong)dimension));
        return dimension < MostDimensions
            ? Centre(Scramble(Bits(index, dimension), key))
            : Centre((uint)(Draws.Hash(key ^ index) >> 32));
    }

    /// <summary>Coordinate before scrambling, as a fraction of 2^32.</summary>
    /// <param name="index">Which point, from 0.</param>
    /// <param name="dimension">Which coordinate, from 0; below <see cref="MostDimensions"/>.</param>
    public static uint Bits(uint index, int dimension)
    {
        ImmutableArray<uint> directions = SobolDirections.All[dimension];
        uint bits = 0;
        uint gray = index ^ (index >> 1);
        for (int bit = 0; gray != 0; bit++, gray >>= 1)
        {
            bits ^= (gray & 1) * directions[bit];
        }

        return bits;
    }

    private static uint Scramble(uint bits, ulong key)
    {
        uint flips = 0;
        for (int bit = SobolDirections.Bits - 1; bit >= 0; bit--)
        {
            ulong above = (ulong)bits >> (bit + 1);
            ulong node = (1UL << (SobolDirections.Bits - 1 - bit)) | above; // each node of the binary tree once
            flips |= (uint)(Draws.Hash(key ^ node) & 1) << bit;
        }

        return bits ^ flips;
    }

    private static double Centre(uint bits) => (bits + 0.5) / (1UL << SobolDirections.Bits);
}
