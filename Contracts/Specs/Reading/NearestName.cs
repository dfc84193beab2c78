namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Finds the known name that a misspelt one most likely stands for.</summary>
public static class NearestName
{
    // Longer names are no keys; comparing them would cost quadratic time for nothing.
    private const int LongestCompared = 64;

    /// <summary>The nearest of <paramref name="known"/>; null where none is near.</summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        string word = Plain(written);
        if (word.Length is 0 or > LongestCompared)
        {
            return null;
        }

        (string Name, int Distance) best = known
            .Select(name => (Name: name, Distance: Distance(word, Plain(name))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= Math.Max(1, word.Length / 3) ? best.Name : null;
    }

    /// <summary>"batchSize", "batch-size" and "Batch_Size" are the same slip.</summary>
    private static string Plain(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Edits between two words: insertion, deletion, substitution, swap of neighbours (Damerau-Levenshtein, optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                int best = Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1);
                best = Math.Min(best, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                }

                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }
}
