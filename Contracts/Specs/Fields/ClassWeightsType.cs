using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Weights of classes: none, balanced, or a group of class names, each with its weight.</summary>
internal sealed class ClassWeightsType : FieldType<ClassWeightsSpec?>
{
    private const string NoneWord = "none";
    private const string BalancedWord = "balanced";

    private static readonly NumberRange Each = new(0, 1e6) { AboveMin = true };

    /// <inheritdoc/>
    public override string Words => $"`{NoneWord}`, `{BalancedWord}`, or a group of class names, each with a weight {Each.Words}";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out ClassWeightsSpec? value)
    {
        value = null;
        if (node is SpecNode.Scalar scalar && (scalar.IsNull || scalar.Text is NoneWord or BalancedWord))
        {
            value = scalar is { IsNull: false, Text: BalancedWord } ? ClassWeightsSpec.Balanced : null;
            return true;
        }

        if (node is not SpecNode.Map { Entries: { IsEmpty: false } entries })
        {
            scope.Report(path, $"must be {NoneWord}, {BalancedWord}, or weights by class such as {{cat: 2, dog: 1}}");
            return false;
        }

        int before = scope.Count;
        var weights = ImmutableArray.CreateBuilder<ClassWeight>(entries.Length);
        foreach (SpecEntry entry in entries)
        {
            string at = $"{path}.{entry.Key}";
            scope.Place(at, entry.Line, entry.Value);
            if (weights.Any(weight => weight.Name == entry.Key))
            {
                scope.Report(at, "is given twice; keep one");
            }
            else if (Each.TryRead(entry.Value, at, scope, out double weight))
            {
                weights.Add(new ClassWeight(entry.Key, weight));
            }
        }

        weights.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        value = new ClassWeightsSpec(weights.ToImmutable());
        return scope.Count == before;
    }

    /// <inheritdoc/>
    public override string Write(ClassWeightsSpec? value) => value switch
    {
        null => NoneWord,
        { Given.IsDefaultOrEmpty: true } => BalancedWord,
        _ => $"{{{string.Join(", ", value.Given.Select(weight => $"{YamlText.Write(weight.Name)}: {NumberText.Write(weight.Weight)}"))}}}",
    };

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, ClassWeightsSpec? value)
    {
        foreach (ClassWeight weight in value is { Given.IsDefault: false } given ? given.Given : [])
        {
            if (Each.Complaint(weight.Weight) is { } complaint)
            {
                yield return new SpecProblem($"{path}.{weight.Name}", NumberText.Write(weight.Weight), complaint);
            }
        }
    }

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray(NoneWord, BalancedWord, null) },
            new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["additionalProperties"] = Each.Schema() }),
    };
}
