using System.Text.RegularExpressions;
using Xunit;

namespace Sweeper.Tests.Unit.Architecture;

public sealed partial class RepositoryTests
{
    private const int LongestFile = 400;

    [Fact]
    public void SourceFiles_EachOfThem_HasAtMost400Lines()
    {
        var sources = Repository.TrackedFiles().Where(file => file.File.Extension == ".cs").ToList();

        Assert.NotEmpty(sources);
        List<string> tooLong = [.. sources
            .Select(file => (file.Path, Lines: File.ReadLines(file.File.FullName).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Path}: {file.Lines} lines")];
        Assert.True(tooLong.Count == 0, string.Join('\n', tooLong));
    }

    [Fact]
    public void TrackedFiles_EachOfThem_NamesNoBuildMachinePathAndNoRegistry()
    {
        var files = Repository.TrackedFiles().Where(file => !IsBinary(file.File)).ToList();

        Assert.NotEmpty(files);
        List<string> found = [.. files.SelectMany(file => File.ReadLines(file.File.FullName)
            .Select((line, number) => (Line: number + 1, Match: OfThisMachine().Match(line)))
            .Where(place => place.Match.Success)
            .Select(place => $"{file.Path}:{place.Line}: {place.Match.Value}"))];
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("cd /wor", "k/main", true)]
    [InlineData("\"resolved\": \"https://registry.", "npmjs.org/x\"", true)]
    [InlineData("https://api.", "nuget.org/v3/index.json", true)]
    [InlineData("https://mirror.example/nuget/v3/", "index.json", true)]
    [InlineData("deb http://deb.", "debian.org/debian bookworm main", true)]
    [InlineData("deb https://mirror.example/", "debian bookworm main", true)]
    [InlineData("out/wor", "k/main, see https://www.nuget.org/packages/TorchSharp", false)]
    public void OfThisMachine_Text_FindsPathsAndRegistries(string start, string end, bool expected) =>
        Assert.Equal(expected, OfThisMachine().IsMatch(start + end));

    // Registries are the user's own choice: lock files and scripts take whichever the machine is set up with.
    [GeneratedRegex(
        """
        (?<![\w.-])/wor[k]/
        | api\.nuget\.org | registry\.npmjs\.org | registry\.yarnpkg\.com
        | (deb|security|snapshot|ftp)(\.[a-z]+)?\.debian\.org | (archive|security)\.ubuntu\.com
        | https?://\S+/v3/index\.jso[n] | ^\s*deb(-src)?\s.*https?://
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex OfThisMachine();

    private static bool IsBinary(FileInfo file)
    {
        using FileStream stream = file.OpenRead();
        byte[] start = new byte[8000];
        return start.AsSpan(0, stream.Read(start)).Contains((byte)0);
    }
}
