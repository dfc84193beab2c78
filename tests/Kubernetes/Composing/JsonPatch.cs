using System.Globalization;
using System.Text.Json.Nodes;

namespace Sweeper.Tests.Kubernetes.Composing;

/// <summary>Changes to an object, as RFC 6902 has them: add, replace, remove. What is replaced or removed has to be there.</summary>
internal static class JsonPatch
{
    /// <summary>Applies the changes.</summary>
    public static void Apply(JsonNode to, JsonArray changes)
    {
        foreach (JsonObject change in changes.OfType<JsonObject>())
        {
            string path = (string)change["path"]!; // every change has one
            string[] steps = [.. path.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            JsonNode parent = steps[..^1].Aggregate(to, (node, step) => Child(node, step) ?? throw new InvalidDataException($"there is nothing at '{step}' of {path}"));
            Apply(parent, steps[^1], (string)change["op"]!, change["value"]?.DeepClone(), path);
        }
    }

    private static void Apply(JsonNode parent, string last, string operation, JsonNode? value, string path)
    {
        if (operation is "replace" or "remove" && Child(parent, last) is null)
        {
            throw new InvalidDataException($"{operation}: there is nothing at {path}");
        }

        switch (parent, operation)
        {
            case (JsonObject map, "add" or "replace"):
                map[last] = value;
                break;
            case (JsonObject map, "remove"):
                map.Remove(last);
                break;
            case (JsonArray list, "add") when last == "-":
                list.Add(value);
                break;
            case (JsonArray list, "replace"):
                list[Index(last)] = value;
                break;
            default:
                throw new InvalidDataException($"{operation} {path} is not used here");
        }
    }

    private static JsonNode? Child(JsonNode node, string step) => node switch
    {
        JsonObject map => map[step],
        JsonArray list when Index(step) < list.Count => list[Index(step)],
        _ => null,
    };

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
