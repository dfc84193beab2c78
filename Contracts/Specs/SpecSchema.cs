using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs;

/// <summary>
/// JSON Schema (draft 7, which editors know best) of what a user writes. It knows keys, types and ranges; what must hold
/// between settings, and which settings have an effect together, only <see cref="SpecReader"/> knows.
/// </summary>
public static class SpecSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as text, indented, with a newline at its end.</summary>
    public static string Write()
    {
        JsonObject schema = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Sweeper sweep",
        };
        foreach ((string key, JsonNode? value) in Group(SpecTable.Root))
        {
            schema[key] = value?.DeepClone();
        }

        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Of(SpecItem item) => item is SpecSection section ? Section(section) : Field((SpecField)item);

    private static JsonObject Section(SpecSection section)
    {
        JsonArray forms = [];
        if (section.Shorthand is { } shorthand)
        {
            forms.Add(Field(shorthand));
        }

        forms.Add(Group(section));
        if (!section.Fields.Any(field => field.Required))
        {
            // Every key of the section may be commented out.
            forms.Add(new JsonObject { ["type"] = "null" });
        }

        return new JsonObject { ["description"] = section.Doc, ["anyOf"] = forms };
    }

    private static JsonObject Group(SpecSection section)
    {
        var group = new JsonObject
        {
            ["description"] = section.Doc,
            ["type"] = "object",
            ["additionalProperties"] = false,
        };
        string[] required = [.. section.Items
            .Where(item => item is SpecField { Required: true } field && !Within(section, field.Alternative)
                || item is SpecSection inner && inner.Fields.Any(needed => needed.Required && (needed.Alternative is null || Within(inner, needed.Alternative))))
            .Select(item => item.Key)];
        if (required.Length > 0)
        {
            group["required"] = new JsonArray([.. required.Select(key => (JsonNode)JsonValue.Create(key))]);
        }

        foreach (SpecField field in section.Items.OfType<SpecField>().Where(field => field.Required && Within(section, field.Alternative)))
        {
            group["oneOf"] = new JsonArray(Needs(field), Needs(field.Alternative!)); // filtered by it
        }

        if (section == SpecTable.Root)
        {
            group["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray(DataFields.Section.Key, ModelFields.Section.Key) },
                new JsonObject { ["required"] = new JsonArray(TrainerFields.Section.Key) });
        }

        group["properties"] = new JsonObject(section.Items.Select(item => KeyValuePair.Create<string, JsonNode?>(item.Key, Of(item))));
        return group;
    }

    private static bool Within(SpecSection section, SpecField? field) => field is not null && section.Items.Contains(field);

    private static JsonObject Needs(SpecField field) => new() { ["required"] = new JsonArray(field.Key) };

    private static JsonObject Field(SpecField field)
    {
        JsonObject schema = field.Schema();
        schema["description"] = field.Summary;
        if (!field.Required && field.DefaultIsConstant && NodeJson.Of(field.WriteDefault(SpecValues.Empty)) is { } silent)
        {
            schema["default"] = silent;
        }

        schema["examples"] = new JsonArray(NodeJson.Of(field.Example));
        return schema;
    }
}
