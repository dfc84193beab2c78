namespace Sweeper.Training;

/// <summary>Which known name somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest single-letter edits from <paramref name="name"/> (Levenshtein), case aside.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="candidates">What could have been meant; at least one.</param>
    public static string To(string name, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant()))
        ?? throw new ArgumentException("no candidates", nameof(candidates));

    private static int Edits(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 1; i <= from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
