using System.Globalization;
using Sweeper.Tests.EndToEnd.Telemetry.Otlp;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>A span that arrived.</summary>
internal sealed record ReceivedSpan(string Service, Span Span)
{
    public const int Error = 2;

    public string Name => Span.Name;

    public string Id => Convert.ToHexStringLower(Span.SpanId.Span);

    public string? ParentId => Span.ParentSpanId.IsEmpty ? null : Convert.ToHexStringLower(Span.ParentSpanId.Span);

    public string TraceId => Convert.ToHexStringLower(Span.TraceId.Span);

    public bool Failed => Span.Status?.Code == Error;

    public double Seconds => (Span.EndTimeUnixNano - Span.StartTimeUnixNano) / 1e9;

    /// <summary>An attribute as text; null where it is not there.</summary>
    public string? this[string attribute] => Span.Attributes.FirstOrDefault(pair => pair.Key == attribute)?.Value switch
    {
        null => null,
        { HasStringValue: true } text => text.StringValue,
        { HasIntValue: true } whole => whole.IntValue.ToString(CultureInfo.InvariantCulture),
        { HasDoubleValue: true } number => number.DoubleValue.ToString(CultureInfo.InvariantCulture),
        { } other => other.BoolValue.ToString(),
    };
}
