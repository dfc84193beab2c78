using System.Text;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>Spans of one trace, parent by parent.</summary>
internal sealed class SpanTree
{
    private readonly Dictionary<string, ReceivedSpan> _spans;

    public SpanTree(IEnumerable<ReceivedSpan> spans)
    {
        All = [.. spans];
        Assert.Equal(All.Count, All.Select(span => span.Id).Distinct().Count());
        _spans = All.ToDictionary(span => span.Id);
    }

    public IReadOnlyList<ReceivedSpan> All { get; }

    /// <summary>Spans of a name, in order of time.</summary>
    public IReadOnlyList<ReceivedSpan> Named(string name) =>
        [.. All.Where(span => span.Name == name).OrderBy(span => span.Span.StartTimeUnixNano)];

    /// <summary>A span's parent.</summary>
    public ReceivedSpan ParentOf(ReceivedSpan span)
    {
        Assert.True(span.ParentId is not null && _spans.ContainsKey(span.ParentId), $"'{span.Name}' has no parent in\n{this}");
        return _spans[span.ParentId];
    }

    /// <summary>Names from the root to a span, calls of grains left out.</summary>
    public string PathOf(ReceivedSpan span) => PathOf(span, []);

    private string PathOf(ReceivedSpan span, HashSet<string> below)
    {
        Assert.True(below.Add(span.Id), $"'{span.Name}' lies below itself");
        string above = span.ParentId is null ? "" : PathOf(ParentOf(span), below);
        bool call = span["rpc.system.name"] == "orleans";
        return call ? above : above.Length == 0 ? span.Name : $"{above} > {span.Name}";
    }

    /// <summary>Spans below a span.</summary>
    public IEnumerable<ReceivedSpan> Below(ReceivedSpan span) => All.Where(child => child.ParentId == span.Id);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (ReceivedSpan root in All.Where(span => span.ParentId is null || !_spans.ContainsKey(span.ParentId)).OrderBy(span => span.Span.StartTimeUnixNano))
        {
            Write(text, root, 0);
        }

        return text.ToString();
    }

    private void Write(StringBuilder text, ReceivedSpan span, int depth)
    {
        string attributes = string.Join(", ", span.Span.Attributes.Select(pair => $"{pair.Key}={span[pair.Key]}"));
        text.AppendLine(FormattableString.Invariant(
            $"{new string(' ', depth * 2)}{span.Name} ({span.Service}, {span.Seconds:0.000} s{(span.Failed ? ", ERROR" : "")}{(span.Span.Links.Count > 0 ? ", linked" : "")}) {attributes}"));
        foreach (ReceivedSpan child in Below(span).OrderBy(child => child.Span.StartTimeUnixNano))
        {
            Write(text, child, depth + 1);
        }
    }
}
