using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Text of a given form.</summary>
/// <param name="form">What it is, in words.</param>
/// <param name="pattern">What it matches.</param>
/// <param name="known">Texts that editors offer; empty: any. Which texts are right is for a rule to check.</param>
/// <param name="others">Whether other texts may be right as well.</param>
internal sealed class TextType(string form, Regex pattern, ImmutableArray<string> known = default, bool others = false) : FieldType<string>
{
    /// <inheritdoc/>
    public override string Words => form;

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out string value)
    {
        value = (node as SpecNode.Scalar)?.Text ?? "";
        if (node is SpecNode.Scalar { IsNull: false })
        {
            return true;
        }

        scope.Report(path, $"must be {form}, not {node.Kind}");
        return false;
    }

    /// <inheritdoc/>
    public override string Write(string value) => YamlText.Write(value);

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, string value) =>
        value is not null && pattern.IsMatch(value) ? [] : [new SpecProblem(path, value, $"must be {form}")];

    /// <inheritdoc/>
    public override JsonObject Schema() => known.IsDefaultOrEmpty ? Any() : others ? new JsonObject { ["anyOf"] = new JsonArray(Known(), Any()) } : Known();

    private JsonObject Any() => new() { ["type"] = "string", ["pattern"] = pattern.ToString().Replace("\\z", "$", StringComparison.Ordinal) };

    private JsonObject Known() => new() { ["enum"] = new JsonArray([.. known.Select(word => (JsonNode)JsonValue.Create(word))]) };
}

/// <summary>Text that may be absent.</summary>
/// <param name="inner">Type of the text where there is one.</param>
internal sealed class OptionalTextType(TextType inner) : FieldType<string?>
{
    /// <inheritdoc/>
    public override string Words => inner.Words;

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out string? value)
    {
        value = null;
        return node is SpecNode.Scalar { IsNull: true } || inner.TryRead(node, path, scope, out value!);
    }

    /// <inheritdoc/>
    public override string Write(string? value) => value is null ? "null" : inner.Write(value);

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, string? value) => value is null ? [] : inner.Check(path, value);

    /// <inheritdoc/>
    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(inner.Schema(), new JsonObject { ["type"] = "null" }) };
}
