using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>One of a few words.</summary>
/// <param name="choices">The words in the order of the reference.</param>
internal sealed class ChoiceType<T>(params ImmutableArray<Choice<T>> choices) : FieldType<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override string Words => string.Join(", ", choices.Select(choice => $"`{choice.Word}` ({choice.Doc})"));

    /// <summary>Every value that can be written.</summary>
    public IEnumerable<T> Values => choices.Select(choice => choice.Value);

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out T value)
    {
        value = choices[0].Value;
        if (node is not SpecNode.Scalar { IsNull: false } scalar)
        {
            scope.Report(path, $"must be one of {Listed}, not {node.Kind}");
            return false;
        }

        Choice<T>? choice = choices.FirstOrDefault(candidate => candidate.Word == scalar.Text || candidate.OtherWord == scalar.Text);
        if (choice is null)
        {
            string? nearest = NearestName.Of(scalar.Text, Written);
            scope.Report(path, $"must be one of {Listed}" + (nearest is null ? "" : $"; did you mean {nearest}?"));
            return false;
        }

        value = choice.Value;
        return true;
    }

    /// <inheritdoc/>
    public override string Write(T value) => choices.FirstOrDefault(choice => choice.Value.Equals(value))?.Word ?? value.ToString();

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, T value) =>
        Values.Contains(value) ? [] : [new SpecProblem(path, value.ToString(), $"must be one of {Listed}")];

    /// <inheritdoc/>
    public override JsonObject Schema() => new()
    {
        ["enum"] = new JsonArray([.. Written.Select(word => (JsonNode)JsonValue.Create(word))]),
    };

    private string Listed => string.Join(", ", choices.Select(choice => choice.Word));

    /// <summary>Every word that is read.</summary>
    private IEnumerable<string> Written => choices.SelectMany(
        choice => choice.OtherWord is { } other ? new[] { choice.Word, other } : [choice.Word]);
}

/// <summary>A word that stands for a value.</summary>
/// <param name="Word">The word.</param>
/// <param name="Value">The value.</param>
/// <param name="Doc">What it means, in a few words.</param>
/// <param name="OtherWord">A second word for the same; null: none.</param>
internal sealed record Choice<T>(string Word, T Value, string Doc, string? OtherWord = null)
    where T : struct, Enum;
