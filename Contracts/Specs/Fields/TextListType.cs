using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Texts in order, each as it is written, numbers included.</summary>
/// <param name="what">What they are, in words.</param>
/// <param name="example">A list as one would write it.</param>
internal sealed class TextListType(string what, string example) : FieldType<ImmutableArray<string>>
{
    private const int Most = 1000, Longest = 32_768;

    /// <inheritdoc/>
    public override string Words => what;

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out ImmutableArray<string> value)
    {
        value = [];
        if (node is not SpecNode.List { Items: var items })
        {
            scope.Report(path, $"must be {what}, such as {example}, not {node.Kind}");
            return false;
        }

        for (int i = 0; i < items.Length; i++)
        {
            string at = $"{path}[{i}]";
            scope.Place(at, items[i].Line, items[i]);
            if (items[i] is not SpecNode.Scalar { IsNull: false })
            {
                scope.Report(at, $"must be a text, not {items[i].Kind}");
            }
        }

        value = [.. items.OfType<SpecNode.Scalar>().Where(item => !item.IsNull).Select(item => item.Text)];
        return value.Length == items.Length;
    }

    /// <inheritdoc/>
    public override string Write(ImmutableArray<string> value) =>
        value.IsDefault ? "[]" : $"[{string.Join(", ", value.Select(YamlText.Write))}]";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, ImmutableArray<string> value)
    {
        if (value.IsDefault || value.Length > Most)
        {
            return [new SpecProblem(path, null, $"must be a list of at most {Most} texts")];
        }

        return value.Select((text, i) => (text, i)).Where(item => item.text is null or { Length: 0 or > Longest } || item.text.Contains('\0', StringComparison.Ordinal))
            .Select(item => new SpecProblem($"{path}[{item.i}]", item.text, $"must be a text of 1 to {Longest} characters"));
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
    };
}
