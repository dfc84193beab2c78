using System.Text.RegularExpressions;
using Xunit;

namespace Sweeper.Tests.Unit.Architecture;

public sealed partial class PurityTests
{
    private const string Samplers = "Grains/Planning/Samplers/";

    [Fact]
    public void Samplers_EverySource_HasNoClockNoGlobalRandomnessNoInputNorOutput()
    {
        var sources = Repository.TrackedFiles().Where(file => file.Path.StartsWith(Samplers, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(sources);
        List<string> found = [.. sources.SelectMany(file => File.ReadLines(file.File.FullName)
            .Select((line, number) => (Line: number + 1, Match: Impure().Match(line)))
            .Where(place => place.Match.Success)
            .Select(place => $"{file.Path}:{place.Line}: {place.Match.Value}"))];
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [InlineData("double x = Random.Shared.NextDouble();", true)]
    [InlineData("Normal.Sample(0, 1)", true)]
    [InlineData("await File.ReadAllTextAsync(path)", true)]
    [InlineData("var watch = Stopwatch.StartNew();", true)]
    [InlineData("RandomSampler.Instance.Suggest(space, seed, history)", false)]
    public void Impure_Line_IsTold(string line, bool expected) => Assert.Equal(expected, Impure().IsMatch(line));

    // MathNet's distributions draw from a shared generator where none is passed: only their functions are used.
    [GeneratedRegex(@"\b(Random\.Shared|new Random|Guid\.|Samples?\(|DateTime|TimeProvider|Stopwatch|Environment\.|File\.|Directory\.|Console\.|Task|Thread|async|HttpClient)")]
    private static partial Regex Impure();
}
