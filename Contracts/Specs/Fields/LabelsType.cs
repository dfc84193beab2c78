using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Labels of devices: one, or a list. Kept in order, each once, apart by spaces.</summary>
internal sealed partial class LabelsType : FieldType<string>
{
    private const string NoneWord = "none", Form = "must be a label such as cuda, bf16 or sm_90: lower-case letters, digits, '.', '_' and '-'";

    /// <inheritdoc/>
    public override string Words => $"a label; or a list of labels; or {NoneWord}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out string value)
    {
        value = "";
        if (node is SpecNode.Scalar scalar)
        {
            value = scalar.IsNull || scalar.Text == NoneWord ? "" : scalar.Text;
            return true;
        }

        if (node is not SpecNode.List { Items: var items })
        {
            scope.Report(path, $"must be {Words}, not {node.Kind}");
            return false;
        }

        var labels = ImmutableArray.CreateBuilder<string>(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            string at = $"{path}[{i}]";
            scope.Place(at, items[i].Line, items[i]);
            if (items[i] is SpecNode.Scalar { IsNull: false } label && !label.Text.Contains(' ', StringComparison.Ordinal))
            {
                labels.Add(label.Text);
            }
            else
            {
                scope.Report(at, Form);
            }
        }

        value = string.Join(' ', labels.Distinct().Order(StringComparer.Ordinal));
        return labels.Count == items.Length;
    }

    /// <inheritdoc/>
    public override string Write(string value) => Split(value) switch
    {
        [] => NoneWord,
        [var only] when only != NoneWord => YamlText.Write(only),
        var labels => $"[{string.Join(", ", labels.Select(YamlText.Write))}]",
    };

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, string value) =>
        Split(value).Where(label => !Label().IsMatch(label)).Select(label => new SpecProblem(path, label, Form));

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        static JsonObject One() => new() { ["type"] = "string", ["pattern"] = "^[a-z0-9][a-z0-9._-]*$" };

        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                One(),
                new JsonObject { ["type"] = "array", ["uniqueItems"] = true, ["items"] = One() },
                new JsonObject { ["type"] = "null" }),
        };
    }

    private static string[] Split(string value) => (value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]*\z")]
    private static partial Regex Label();
}
