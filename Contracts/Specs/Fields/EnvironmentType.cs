using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Variables of an environment, written as a group of keys, kept as <c>NAME=value</c> in the order of their names.</summary>
internal sealed partial class EnvironmentType : FieldType<ImmutableArray<string>>
{
    private const string Form = "must be a name of letters, digits and '_', no digit first, that does not begin with SWEEPER_";

    /// <inheritdoc/>
    public override string Words => "a group of names, each with its value";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out ImmutableArray<string> value)
    {
        value = [];
        if (node is not SpecNode.Map { Entries: var entries })
        {
            scope.Report(path, $"must be {Words}, such as {{OMP_NUM_THREADS: 1}}, not {node.Kind}");
            return false;
        }

        int before = scope.Count;
        var lines = ImmutableArray.CreateBuilder<string>(entries.Length);
        foreach (SpecEntry entry in entries)
        {
            string at = $"{path}.{entry.Key}";
            scope.Place(at, entry.Line, entry.Value);
            if (lines.Any(line => Name(line) == entry.Key))
            {
                scope.Report(at, "is given twice; keep one");
            }
            else if (entry.Value is SpecNode.Scalar scalar)
            {
                lines.Add($"{entry.Key}={(scalar.IsNull ? "" : scalar.Text)}");
            }
            else
            {
                scope.Report(at, $"must be a text, not {entry.Value.Kind}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        value = lines.ToImmutable();
        return scope.Count == before;
    }

    /// <inheritdoc/>
    public override string Write(ImmutableArray<string> value) => value.IsDefault
        ? "{}"
        : $"{{{string.Join(", ", value.Select(line => $"{Name(line)}: {YamlText.Write(line[(Name(line).Length + 1)..])}"))}}}";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, ImmutableArray<string> value) => value.IsDefault
        ? [new SpecProblem(path, null, "must be a group of keys")]
        : value.Where(line => line is null || !Line().IsMatch(line)).Select(line => new SpecProblem($"{path}.{Name(line ?? "")}", line, Form));

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") },
    };

    private static string Name(string line) => line.Split('=')[0];

    [GeneratedRegex(@"^(?!SWEEPER_)[A-Za-z_][A-Za-z0-9_]*=[^\0]*\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Line();
}
