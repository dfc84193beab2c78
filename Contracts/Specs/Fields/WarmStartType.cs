using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>The word for every sweep of the same kind, the name of a sweep, or a list of names.</summary>
internal sealed class WarmStartType : FieldType<WarmStartSpec?>
{
    private const string AutoWord = "auto", NoneWord = "none";

    /// <inheritdoc/>
    public override string Words => $"{AutoWord}; or the name of a sweep; or a list of names; or {NoneWord}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out WarmStartSpec? value)
    {
        value = null;
        if (node is SpecNode.Scalar scalar)
        {
            value = scalar.IsNull || scalar.Text == NoneWord ? null : scalar.Text == AutoWord ? WarmStartSpec.Auto : new WarmStartSpec([scalar.Text]);
            return true;
        }

        if (node is not SpecNode.List { Items: var items } || items.IsEmpty)
        {
            scope.Report(path, $"must be {Words}, not {(node is SpecNode.List ? "an empty list" : node.Kind)}");
            return false;
        }

        var names = ImmutableArray.CreateBuilder<string>(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            string at = $"{path}[{i}]";
            scope.Place(at, items[i].Line, items[i]);
            if (items[i] is SpecNode.Scalar { IsNull: false } name)
            {
                names.Add(name.Text);
            }
            else
            {
                scope.Report(at, $"must be the name of a sweep, not {items[i].Kind}");
            }
        }

        value = new WarmStartSpec(names.DrainToImmutable());
        return value.Sweeps.Length == items.Length;
    }

    /// <inheritdoc/>
    public override string Write(WarmStartSpec? value) => value switch
    {
        null => NoneWord,
        { IsAuto: true } => AutoWord,
        { Sweeps: [var only] } when only is not (AutoWord or NoneWord) => YamlText.Write(only),
        _ => $"[{string.Join(", ", value.Sweeps.Select(YamlText.Write))}]",
    };

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, WarmStartSpec? value)
    {
        ImmutableArray<string> names = value is { IsAuto: false } ? value.Sweeps : [];
        var seen = new HashSet<string>();
        for (int i = 0; i < names.Length; i++)
        {
            string? complaint = names[i] is null || !SpecPatterns.SweepName().IsMatch(names[i])
                ? $"must be the name of a sweep: lower-case letters, digits, '.', '_' and '-', at most {SpecPatterns.LongestName}"
                : seen.Add(names[i]) ? null : "is listed twice; keep one";
            if (complaint is not null)
            {
                yield return new SpecProblem(names.Length == 1 ? path : $"{path}[{i}]", names[i], complaint);
            }
        }
    }

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        static JsonObject Name() => new() { ["type"] = "string", ["pattern"] = "^[a-z0-9][a-z0-9._-]{0,59}$" };

        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                Name(),
                new JsonObject { ["type"] = "array", ["minItems"] = 1, ["uniqueItems"] = true, ["items"] = Name() },
                new JsonObject { ["type"] = "null" }),
        };
    }
}
