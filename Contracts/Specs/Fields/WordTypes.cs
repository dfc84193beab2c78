using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Text of a given form.</summary>
/// <param name="form">What it is, in words.</param>
/// <param name="pattern">What it matches.</param>
/// <param name="known">Texts that editors offer; empty: any. Which texts are right is for a rule to check.</param>
internal sealed class TextType(string form, Regex pattern, ImmutableArray<string> known = default) : FieldType<string>
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
    public override JsonObject Schema() => known.IsDefaultOrEmpty
        ? new JsonObject { ["type"] = "string", ["pattern"] = pattern.ToString().Replace("\\z", "$", StringComparison.Ordinal) }
        : new JsonObject { ["enum"] = new JsonArray([.. known.Select(word => (JsonNode)JsonValue.Create(word))]) };
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

/// <summary>True or false.</summary>
internal sealed class FlagType : FieldType<bool>
{
    /// <inheritdoc/>
    public override string Words => "true or false";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out bool value)
    {
        value = false;
        if (node is SpecNode.Scalar { Quoted: false } scalar && bool.TryParse(scalar.Text, out value))
        {
            return true;
        }

        scope.Report(path, "must be true or false");
        return false;
    }

    /// <inheritdoc/>
    public override string Write(bool value) => value ? "true" : "false";

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, bool value) => [];

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}

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

/// <summary>A length of time.</summary>
internal sealed class DurationType : FieldType<TimeSpan>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <inheritdoc/>
    public override string Words => "duration, such as 90s, 30m, 2h, 1h30m; greater than 0, at most 365d";

    /// <inheritdoc/>
    public override bool TryRead(SpecNode node, string path, ReadScope scope, out TimeSpan value)
    {
        value = default;
        if (node is SpecNode.Scalar scalar && DurationText.TryRead(scalar.Text, out value))
        {
            return true;
        }

        scope.Report(path, "must be a duration with its unit, such as 90s, 30m, 2h or 1h30m");
        return false;
    }

    /// <inheritdoc/>
    public override string Write(TimeSpan value) => DurationText.Write(value);

    /// <inheritdoc/>
    public override IEnumerable<SpecProblem> Check(string path, TimeSpan value) =>
        value > TimeSpan.Zero && value <= Longest
            ? []
            : [new SpecProblem(path, value.ToString(), $"must be greater than 0 and at most {DurationText.Write(Longest)}")];

    /// <inheritdoc/>
    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = DurationText.Form };
}

/// <summary>Text as YAML on one line.</summary>
internal static partial class YamlText
{
    // The default encoder would write letters of other scripts as escapes, which nobody can read.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, quoted where it needs to be.</summary>
    public static string Write(string text) =>
        Plain().IsMatch(text) && NodeJson.IsText(text) ? text : JsonSerializer.Serialize(text, Readable);

    [GeneratedRegex(@"^[A-Za-z0-9_./][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
