using CsCheck;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Whatever is done to a good spec, reading gives a spec or problems, and never throws.</summary>
public sealed class SpecFuzzTests
{
    private static readonly string[] Pieces =
    [
        ":", ": ", "- ", "[", "]", "{", "}", ",", "\n", "\n  ", "\t", "#", "&a ", "*a", "!!int ", "|", ">", "'", "\"", "\\", "%", "@", "`", "?", "~",
        "null", "true", "-1", "0", "1e400", ".nan", "1e-4", "10%", "9999999999999999999", "range_test", "log", "max_lr", "epochs",
        "---\n", "...\n", "%YAML 1.2\n", "\0", "\uFEFF", "\uD800", "\u2028", "é", "a: {b: {c: {d: 1}}}", "<<: ",
    ];

    private static readonly string[] Seeds = [Good.Text, SpecTemplate.Commented("t"), .. Repository.Examples.Select(Repository.Example)];

    private static readonly Gen<string> Piece = Gen.OneOf(Gen.OneOfConst(Pieces), Gen.String[0, 5]);

    private static readonly Gen<(int, int, string)[]> Edits = Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 12], Piece).Array[1, 6];

    [Fact]
    public void Read_MutatedText_ReadsOrGivesProblems() =>
        Gen.Select(Gen.OneOfConst(Seeds), Edits).Sample(
            (seed, edits) =>
            {
                string text = seed;
                foreach ((int at, int removed, string piece) in edits)
                {
                    int from = at % (text.Length + 1);
                    text = string.Concat(text.AsSpan(0, from), piece, text.AsSpan(Math.Min(text.Length, from + removed)));
                }

                AssertSound(SpecReader.Read(text), text);
            },
            iter: 1000);

    [Fact]
    public void Read_LinesShuffledAndRepeated_ReadsOrGivesProblems() =>
        Gen.Select(Gen.OneOfConst(Seeds), Gen.Int[0, 1000].Array[1, 60]).Sample(
            (seed, picks) =>
            {
                string[] lines = seed.Split('\n');
                string text = string.Join('\n', picks.Select(pick => lines[pick % lines.Length]));
                AssertSound(SpecReader.Read(text), text);
            },
            iter: 1000);

    [Fact]
    public void Read_AnySetting_ReadsOrGivesProblems() =>
        Gen.Select(
            Gen.OneOf(Gen.OneOfConst([.. Contracts.Specs.Fields.SpecTable.Fields.Select(field => field.Path)]), Gen.String[0, 8]),
            Piece).Sample(
            (path, value) => AssertSound(SpecReader.Read(Good.Text, settings: [(path, value)]), Good.Text),
            iter: 1000);

    private static void AssertSound(SpecReading reading, string text)
    {
        int lines = text.Split(['\n', '\r', '\u0085', '\u2028', '\u2029']).Length; // YAML 1.1's line breaks
        Assert.Equal(reading.Problems.IsEmpty, reading.Spec is not null);
        foreach (SpecProblem problem in reading.Problems)
        {
            Assert.InRange(problem.Line, 0, lines);
            Assert.NotEmpty(problem.Message);
        }

        if (reading.Spec is { } spec)
        {
            Assert.Empty(SpecValidator.Validate(spec));
            Assert.Equal(spec, Good.Read(SpecYaml.Write(spec)));
        }
    }
}
