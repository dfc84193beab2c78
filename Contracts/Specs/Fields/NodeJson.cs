using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Fields;

/// <summary>YAML as JSON, by the types of YAML 1.2's core schema: what an editor sees that checks a spec against the JSON Schema.</summary>
internal static partial class NodeJson
{
    /// <summary>The JSON of a text.</summary>
    /// <exception cref="SpecSyntaxException">The text is no YAML.</exception>
    public static JsonNode? Of(string yaml) => YamlTree.Read(yaml) is { } node ? Of(node) : null;

    /// <summary>Whether a word without quotes is text, not a number, a flag or nothing.</summary>
    public static bool IsText(string word) =>
        Of(new SpecNode.Scalar(word, Quoted: false, 1, 1)) is JsonValue value && value.TryGetValue(out string? _);

    private static JsonNode? Of(SpecNode node) => node switch
    {
        SpecNode.Map map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        SpecNode.List list => new JsonArray([.. list.Items.Select(Of)]),
        SpecNode.Scalar { IsNull: true } => null,
        SpecNode.Scalar { Quoted: false } scalar when bool.TryParse(scalar.Text, out bool flag) => JsonValue.Create(flag),
        SpecNode.Scalar { Quoted: false } scalar when Whole().IsMatch(scalar.Text) => JsonValue.Create(long.Parse(scalar.Text, CultureInfo.InvariantCulture)),
        SpecNode.Scalar { Quoted: false } scalar when Number().IsMatch(scalar.Text) => JsonValue.Create(double.Parse(scalar.Text, CultureInfo.InvariantCulture)),
        SpecNode.Scalar scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };

    [GeneratedRegex(@"^[+-]?[0-9]{1,18}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
