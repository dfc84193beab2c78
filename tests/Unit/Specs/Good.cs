using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>A small good spec, and variations of it.</summary>
internal static class Good
{
    /// <summary>One line for each section, so that the line of a problem is the line of its section.</summary>
    public const string Text =
        """
        name: t
        seed: 1
        data: mnist
        model: lenet
        training: {epochs: 2}
        range_test: {}
        search: {space: {max_lr: 0.1}}
        limits: {}

        """;

    /// <summary>The good spec with some of its lines replaced by others with the same key.</summary>
    public static string With(params string[] lines)
    {
        List<string> text = [.. Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')];
        foreach (string line in lines)
        {
            string key = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
            int at = text.FindIndex(old => old.StartsWith(key, StringComparison.Ordinal));
            if (at < 0)
            {
                text.Add(line);
            }
            else
            {
                text[at] = line;
            }
        }

        return string.Join('\n', text) + "\n";
    }

    /// <summary>The good spec without one of its lines.</summary>
    public static string Without(string key) =>
        string.Join('\n', Text.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith(key + ":", StringComparison.Ordinal)));

    /// <summary>Reads a text that has to be good.</summary>
    public static SweepSpec Read(string text)
    {
        SpecReading reading = SpecReader.Read(text);
        Assert.True(reading.Problems.IsEmpty, $"{string.Join('\n', reading.Problems)}\nin\n{text}");
        return reading.Spec!;
    }
}
