using System.Text.Json.Nodes;

namespace Sweeper.Tests.Kubernetes.Composing;

/// <summary>
/// As much of kustomize as the manifests use: resources, components, generated ConfigMaps, JSON patches, images, a namespace. What it does
/// not know it refuses. Where kubectl is installed, a test compares the two.
/// </summary>
internal static class Kustomization
{
    private static readonly string[] Known =
        ["apiVersion", "kind", "namespace", "resources", "components", "configMapGenerator", "generatorOptions", "images", "patches"];

    /// <summary>Objects of a folder.</summary>
    /// <exception cref="InvalidDataException">Something does not fit together; says what.</exception>
    public static List<JsonObject> Compose(string folder)
    {
        var objects = new List<JsonObject>();
        Add(folder, objects);
        return objects;
    }

    // A component works on what the folder that names it has so far; another folder on its own objects.
    private static void Add(string folder, List<JsonObject> objects)
    {
        string file = Path.Combine(folder, "kustomization.yaml");
        var kustomization = (JsonObject)YamlNodes.Read(File.ReadAllText(file)).Single();
        foreach (string key in kustomization.Select(member => member.Key).Except(Known))
        {
            throw new InvalidDataException($"{file}: '{key}' is not known here");
        }

        foreach (string resource in Texts(kustomization["resources"]))
        {
            AddAll(objects, Resource(Path.GetFullPath(Path.Combine(folder, resource))));
        }

        AddAll(objects, Generated(folder, kustomization));
        foreach (string component in Texts(kustomization["components"]))
        {
            Add(Path.GetFullPath(Path.Combine(folder, component)), objects);
        }

        Patch(file, kustomization, objects);
        Images(file, kustomization, objects);
        if ((string?)kustomization["namespace"] is { } space)
        {
            foreach (JsonObject one in objects.Where(one => (string?)one["kind"] != "Namespace"))
            {
                one["metadata"]!["namespace"] = space; // every object has metadata
            }
        }
    }

    private static IEnumerable<JsonObject> Resource(string path) => Directory.Exists(path)
        ? Compose(path)
        : YamlNodes.Read(File.ReadAllText(path)).Cast<JsonObject>();

    private static void AddAll(List<JsonObject> objects, IEnumerable<JsonObject> more)
    {
        foreach (JsonObject one in more)
        {
            if (objects.Exists(other => NameOf(other) == NameOf(one)))
            {
                throw new InvalidDataException($"{NameOf(one)} is there twice");
            }

            objects.Add(one);
        }
    }

    private static IEnumerable<JsonObject> Generated(string folder, JsonObject kustomization)
    {
        var common = kustomization["generatorOptions"]?["labels"] as JsonObject;
        foreach (JsonObject generator in (kustomization["configMapGenerator"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var labels = new JsonObject();
            foreach (KeyValuePair<string, JsonNode?> label in (common ?? []).Concat(generator["options"]?["labels"] as JsonObject ?? []))
            {
                labels[label.Key] = label.Value?.DeepClone();
            }

            var metadata = new JsonObject { ["name"] = generator["name"]!.DeepClone() };
            if (labels.Count > 0)
            {
                metadata["labels"] = labels;
            }

            yield return new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ConfigMap",
                ["metadata"] = metadata,
                ["data"] = new JsonObject(Texts(generator["files"])
                    .Select(file => KeyValuePair.Create(Path.GetFileName(file), (JsonNode?)JsonValue.Create(File.ReadAllText(Path.Combine(folder, file)))))),
            };
        }
    }

    private static void Patch(string file, JsonObject kustomization, List<JsonObject> objects)
    {
        foreach (JsonObject patch in (kustomization["patches"] as JsonArray ?? []).OfType<JsonObject>())
        {
            JsonObject[] targets = [.. objects.Where(one =>
                (string?)one["kind"] == (string?)patch["target"]?["kind"] && (string?)one["metadata"]?["name"] == (string?)patch["target"]?["name"])];
            if (targets.Length != 1)
            {
                throw new InvalidDataException($"{file}: {targets.Length} objects match the target {patch["target"]?.ToJsonString()}");
            }

            JsonPatch.Apply(targets[0], (JsonArray)YamlNodes.Read((string)patch["patch"]!).Single());
        }
    }

    private static void Images(string file, JsonObject kustomization, List<JsonObject> objects)
    {
        foreach (JsonObject image in (kustomization["images"] as JsonArray ?? []).OfType<JsonObject>())
        {
            JsonObject[] users = [.. objects.SelectMany(Containers).Where(container => ((string?)container["image"])?.Split(':')[0] == (string?)image["name"])];
            if (users.Length == 0)
            {
                throw new InvalidDataException($"{file}: no container uses the image {image["name"]}");
            }

            foreach (JsonObject container in users)
            {
                container["image"] = $"{image["newName"]}:{image["newTag"]}";
            }
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject one) =>
        (one["spec"]?["template"]?["spec"]?["containers"] as JsonArray ?? []).OfType<JsonObject>();

    private static string NameOf(JsonObject one) => $"{one["kind"]} {one["metadata"]?["name"]}";

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(item => (string)item!);
}
