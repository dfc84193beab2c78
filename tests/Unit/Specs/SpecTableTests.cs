using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>The table of fields, and everything that is generated from it.</summary>
public sealed class SpecTableTests
{
    public static TheoryData<string> FieldPaths => [.. SpecTable.Fields.Select(each => each.Path)];

    [Fact]
    public void Keys_OfOneSection_AreDistinctWithTheirOtherWords() => Assert.All(
        SpecTable.Sections,
        section =>
        {
            string[] words = [.. section.Items.SelectMany(item => item.OtherWords.Prepend(item.Key))];
            Assert.Equal(words.Distinct(StringComparer.OrdinalIgnoreCase), words);
        });

    [Fact]
    public void Paths_OfItems_LieInTheirSection() => Assert.All(
        SpecTable.Sections,
        section => Assert.All(section.Items, item => Assert.Equal(MapReader.Join(section.Path, item.Key), item.Path)));

    [Theory]
    [MemberData(nameof(FieldPaths))]
    public void Field_ItsExample_IsReadAndInRange(string path)
    {
        SpecField field = SpecTable.Fields.Single(field => field.Path == path);

        SpecReading reading = SpecReader.Read(Good.Text, settings: [(path, field.Example)]);

        // An example may need another setting beside it, but nothing may be wrong with its own value.
        Assert.All(reading.Problems, problem => Assert.True(
            problem.Message.Contains("has an effect only", StringComparison.Ordinal), problem.ToString()));
    }

    [Theory]
    [MemberData(nameof(FieldPaths))]
    public void Field_ItsDefault_WrittenOutChangesNothing(string path)
    {
        SweepSpec spec = Good.Read(Good.Text);
        SpecField field = SpecTable.Fields.Single(field => field.Path == path);
        if (field.Required || field.Only?.Holds(SpecValues.Of(spec)) == false)
        {
            return;
        }

        string written = field.WriteDefault(SpecValues.Of(spec));
        SpecReading reading = SpecReader.Read(Good.Without("search"), settings: [(path, written)]);

        Assert.Empty(reading.Problems);
        Assert.Equal(Good.Read(Good.Without("search")), reading.Spec);
    }

    [Fact]
    public void Schema_PublishedFile_IsCurrent() => Repository.AssertGenerated("docs/sweep.schema.json", SpecSchema.Write());

    [Fact]
    public void Reference_PublishedFile_IsCurrent() => Repository.AssertGenerated("docs/spec.md", SpecReference.Write());

    [Fact]
    public void Reference_EveryField_IsThere() => Assert.All(
        SpecTable.Fields, field => Assert.Contains($"| `{field.Key}` |", SpecReference.Write(), StringComparison.Ordinal));

    [Fact]
    public void Template_AnyName_ReadsWithoutProblems() =>
        Assert.Equal("my-sweep.2", Good.Read(SpecTemplate.Commented("my-sweep.2")).Name);

    [Theory]
    [InlineData("")]
    [InlineData("My Sweep")]
    [InlineData("a: b")]
    public void Template_NoNameForASweep_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => SpecTemplate.Commented(name));

    [Fact]
    public void Template_EachCommentedKey_CanBeSetByTakingTheHashAway()
    {
        string[] lines = SpecTemplate.Commented("t").Split('\n');
        int keys = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string key = lines[i].TrimStart();
            if (!key.StartsWith('#') || key.StartsWith("# ", StringComparison.Ordinal))
            {
                continue;
            }

            keys++;
            string[] changed = [.. lines];
            changed[i] = lines[i].Replace("#", "", StringComparison.Ordinal);
            SpecReading reading = SpecReader.Read(string.Join('\n', changed));
            Assert.All(reading.Problems, problem => Assert.True(
                problem.Line == i + 1 && problem.Message.Contains("has an effect only", StringComparison.Ordinal), $"{changed[i]}: {problem}"));
        }

        Assert.Equal(SpecTable.Fields.Count(field => !field.Prominent), keys);
    }
}
