using System.Collections.Immutable;

namespace Sweeper.Client.Rendering;

/// <summary>Shares the lines of a terminal among lists of rows.</summary>
internal static class LineBudget
{
    /// <summary>
    /// Lines of each list. A list that has fewer lines than <see cref="Claim.Least"/> is of no use and gets none; the later ones go
    /// first. What is left is dealt one by one, until nobody wants more.
    /// </summary>
    /// <param name="lines">Lines to share; may be negative: none.</param>
    /// <param name="claims">Most important first.</param>
    /// <returns>As many as there are claims; together at most <paramref name="lines"/>.</returns>
    public static ImmutableArray<int> Share(int lines, params ReadOnlySpan<Claim> claims)
    {
        int[] given = new int[claims.Length];
        int left = Math.Max(0, lines);
        for (int i = 0; i < claims.Length; i++)
        {
            int least = Math.Min(claims[i].Least, claims[i].Want);
            if (least <= left)
            {
                given[i] = least;
                left -= least;
            }
        }

        bool dealt = true;
        while (left > 0 && dealt)
        {
            dealt = false;
            for (int i = 0; i < claims.Length && left > 0; i++)
            {
                if (given[i] > 0 && given[i] < claims[i].Want)
                {
                    given[i]++;
                    left--;
                    dealt = true;
                }
            }
        }

        return [.. given];
    }

    /// <summary>What a list would like.</summary>
    /// <param name="Want">Lines that show all of it, its heading and blank line included; 0: it is empty.</param>
    /// <param name="Least">Lines below which it is better left out; at least 1.</param>
    internal readonly record struct Claim(int Want, int Least);
}
