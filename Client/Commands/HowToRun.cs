using System.CommandLine;

namespace Sweeper.Client.Commands;

/// <summary>Command lines that a user can paste: as this program was started, with the options that say where its data is.</summary>
internal static class HowToRun
{
    private static readonly string[] WhereOptions = ["--data-dir", "--cluster", "--cluster-id", "--silo", "--postgres"];

    /// <summary>Another command on the same data.</summary>
    /// <param name="parse">The present command line.</param>
    /// <param name="words">Verb and arguments.</param>
    public static string Another(ParseResult parse, params IEnumerable<string> words)
    {
        IEnumerable<string> where = WhereOptions.SelectMany(name =>
            parse.GetResult(name) is System.CommandLine.Parsing.OptionResult { Implicit: false, Tokens: [.., var last] }
                ? new[] { name, last.Value }
                : []);
        return Line(Masked(words.Concat(where)));
    }

    /// <summary>The present command again.</summary>
    public static string Again(ParseResult parse) => Line(Masked(parse.Tokens.Select(token => token.Value)));

    /// <summary>Words as a shell takes them, after the program.</summary>
    public static string Line(IEnumerable<string> words) => $"{Program(AppContext.BaseDirectory)} {string.Join(' ', words.Select(Quoted))}";

    /// <summary>How the program is started from where it lies.</summary>
    /// <param name="baseDirectory">Folder of the program.</param>
    public static string Program(string baseDirectory)
    {
        string[] folders = Path.TrimEndingDirectorySeparator(baseDirectory).Split(Path.DirectorySeparatorChar);
        return folders is [.., "artifacts", "bin", "Client", var configuration]
            ? $"dotnet run --project Client -c {(configuration == "release" ? "Release" : "Debug")} --"
            : "sweeper";
    }

    // A connection string holds a password; it has no place on a screen or in a log.
    private static IEnumerable<string> Masked(IEnumerable<string> words)
    {
        string before = "";
        foreach (string word in words)
        {
            yield return before == "--postgres" ? "..." : word;
            before = word;
        }
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "_-./:=@%+,~".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
