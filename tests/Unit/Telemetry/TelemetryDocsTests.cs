using System.Globalization;
using System.Text;
using Sweeper.Contracts.Telemetry;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Telemetry;

/// <summary>The tables of docs/telemetry.md are those of the program.</summary>
public sealed class TelemetryDocsTests
{
    private const string Document = "docs/telemetry.md";

    [Fact]
    public void Document_Tables_AreThoseOfTheProgram()
    {
        string text = File.ReadAllText(Repository.PathOf(Document));

        text = Replace(text, "spans", SpanTree());
        text = Replace(text, "attributes", AttributeTable());
        text = Replace(text, "metrics", MetricTable());

        Repository.AssertGenerated(Document, text);
    }

    [Fact]
    public void Instruments_EachOfThem_HasUnitDescriptionAndKnownTags()
    {
        Assert.NotEmpty(Instruments.All);
        HashSet<string> known = [.. Attributes.All.Select(attribute => attribute.Name)];
        Assert.All(Instruments.All, definition =>
        {
            Assert.False(string.IsNullOrEmpty(definition.Instrument.Unit), definition.Instrument.Name);
            Assert.EndsWith(".", definition.Instrument.Description, StringComparison.Ordinal);
            Assert.All(definition.Tags, tag => Assert.Contains(tag, known));
            Assert.DoesNotContain(Attributes.Job, definition.Tags);
        });
    }

    [Fact]
    public void Attributes_EveryConstant_IsInTheTable()
    {
        IEnumerable<string> constants = typeof(Attributes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(constants.Order(), Attributes.All.Select(attribute => attribute.Name).Order());

        constants = typeof(Spans).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(constants.Order(), Spans.All.Select(span => span.Name).Order());
    }

    private static string Replace(string text, string name, string content)
    {
        string begin = $"<!-- generated: {name} -->\n";
        string end = $"<!-- end: {name} -->\n";
        int from = text.IndexOf(begin, StringComparison.Ordinal);
        int to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, $"{Document} has no place for the {name}");
        return text[..(from + begin.Length)] + content + text[to..];
    }

    private static string SpanTree()
    {
        var text = new StringBuilder("```\n");
        Write(null, 0);
        text.Append("```\n\n| span | written by | |\n| --- | --- | --- |\n");
        foreach (SpanDefinition span in Spans.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{span.Name}` | {span.Where} | {span.Meaning} |\n");
        }

        return text.ToString();

        void Write(string? parent, int depth)
        {
            foreach (SpanDefinition span in Spans.All.Where(span => span.Parent == parent))
            {
                text.Append(CultureInfo.InvariantCulture, $"{new string(' ', depth * 3)}{span.Name}\n");
                Write(span.Name, depth + 1);
            }
        }
    }

    private static string AttributeTable() => "| attribute | values |\n| --- | --- |\n"
        + string.Concat(Attributes.All.Select(attribute => $"| `{attribute.Name}` | {attribute.Values} |\n"));

    private static string MetricTable() => "| metric | in Prometheus | kind, unit | tags | |\n| --- | --- | --- | --- | --- |\n"
        + string.Concat(Instruments.All.Select(metric => string.Create(
            CultureInfo.InvariantCulture,
            $"| `{metric.Instrument.Name}` | `{metric.PrometheusName}` | {metric.Kind}, {metric.Instrument.Unit} | {string.Join(", ", metric.Tags.Select(tag => $"`{tag}`"))} | {metric.Instrument.Description} |\n")));
}
