using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Takes a group of keys apart: every key once, and only known keys.</summary>
internal static class MapReader
{
    /// <summary>Values by key; reports duplicates and unknown keys, and notes each value's place.</summary>
    /// <param name="map">The group.</param>
    /// <param name="path">Its path; empty at the top level.</param>
    /// <param name="known">Keys that belong here, with other words that people use for them.</param>
    /// <param name="elsewhere">Paths of the same key in other groups, for a hint.</param>
    /// <param name="scope">Where problems go.</param>
    public static Dictionary<string, SpecNode> Read(
        SpecNode.Map map,
        string path,
        IReadOnlyCollection<KnownKey> known,
        Func<string, string?> elsewhere,
        ReadScope scope)
    {
        var values = new Dictionary<string, SpecNode>(StringComparer.Ordinal);
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (SpecEntry entry in map.Entries)
        {
            string at = Join(path, entry.Key);
            if (lines.TryGetValue(entry.Key, out int first))
            {
                scope.Report(at, entry.Value.Written, $"is given twice, first on line {first}; keep one", entry.Line);
            }
            else if (known.Any(key => key.Word == entry.Key))
            {
                values.Add(entry.Key, entry.Value);
                scope.Place(at, entry.Line, entry.Value);
            }
            else
            {
                ReportUnknown(entry, path, known, elsewhere, scope);
            }

            lines.TryAdd(entry.Key, entry.Line);
        }

        return values;
    }

    /// <summary>Path of a key in a group.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static void ReportUnknown(
        SpecEntry entry, string path, IReadOnlyCollection<KnownKey> known, Func<string, string?> elsewhere, ReadScope scope)
    {
        string? meant = known.FirstOrDefault(key => key.OtherWords.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))?.Word
                        ?? NearestName.Of(entry.Key, known.Select(key => key.Word));
        string hint;
        if (meant is not null)
        {
            hint = $"did you mean {meant}?";
            scope.Misspelt(Join(path, meant));
        }
        else if (elsewhere(entry.Key) is { } other)
        {
            hint = $"it belongs at {other}";
            scope.Misspelt(other);
        }
        else
        {
            hint = "known here: " + string.Join(", ", known.Select(key => key.Word));
        }

        string key = new([.. entry.Key.Take(80).Select(c => char.IsControl(c) ? ' ' : c)]);
        scope.Report(Join(path, key), entry.Value.Written, $"unknown key; {hint}", entry.Line);
    }
}

/// <summary>A key that belongs in a group.</summary>
/// <param name="Word">The key.</param>
/// <param name="OtherWords">What people write who come from other tools.</param>
internal sealed record KnownKey(string Word, ImmutableArray<string> OtherWords);
