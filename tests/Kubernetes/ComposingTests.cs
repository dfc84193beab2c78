using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Sweeper.Tests.Kubernetes.Composing;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>The folders of <c>k8s</c> fit together, and every object is one that Kubernetes knows.</summary>
public sealed class ComposingTests
{
    public static TheoryData<string> Folders => [.. Manifests.Overlays, "examples/submit"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Overlay_ReadStrictly_IsKnownObjectsInOneNamespace(string folder)
    {
        var manifests = Manifests.Of(folder);

        Assert.NotEmpty(manifests.Objects);
        Assert.All(manifests.Names.Where(one => one.Kind != nameof(V1Namespace)), one => Assert.Equal("sweeper", one.Metadata.Namespace()));
        Assert.All(manifests.Names, one => Assert.Matches("^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$", one.Metadata.Name));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Overlay_ComposedByKustomizeItself_IsTheSame(string folder)
    {
        string? real = Kubectl.Compose(Path.Combine(Repository.Manifests, folder));
        Assert.SkipWhen(real is null, "kubectl with kustomize 5 is not installed");

        List<JsonObject> theirs = [.. YamlNodes.Read(real).Cast<JsonObject>()];

        Assert.Equal(Lines(Manifests.Of(folder).Raw), Lines(theirs));
    }

    [Fact]
    public void Files_EachManifest_BelongsToAnOverlay()
    {
        string[] files = [.. Directory.GetFiles(Repository.Manifests, "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "kustomization.yaml" && !file.Contains("/observability/", StringComparison.Ordinal))];
        string text = string.Concat(Directory.GetFiles(Repository.Manifests, "kustomization.yaml", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Contains(Path.GetFileName(file), text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("managed-stores")]
    [InlineData("downloads")]
    public void Component_Optional_IsReadStrictly(string component)
    {
        List<JsonObject> objects = Kustomization.Compose(Path.Combine(Repository.Manifests, "components", component));

        Assert.All(objects, one => Assert.Single(KubernetesYaml.LoadAllFromString(one.ToJsonString(), null, strict: true)));
    }

    [Theory]
    [InlineData("spec: {replicas: two}")]
    [InlineData("spec: {replica: 2}")]
    [InlineData("spec: {template: {spec: {containers: [{name: a, resources: {limits: {memory: 8Gib}}}]}}}")]
    public void Reading_FaultyObject_IsRefused(string spec) => Assert.ThrowsAny<Exception>(
        () => KubernetesYaml.LoadAllFromString($"apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: a}}\n{spec}", null, strict: true)
            .Cast<V1StatefulSet>().Sum(set => set.Spec.Template?.Spec.Containers[0].Resources.Limits["memory"].ToInt64() ?? 0));

    [Theory]
    [InlineData("resources: [a.yaml]\npatches: [{target: {kind: ConfigMap, name: b}, patch: '[{op: remove, path: /data}]'}]", "0 objects match")]
    [InlineData("resources: [a.yaml]\npatches: [{target: {kind: ConfigMap, name: a}, patch: '[{op: remove, path: /nothing}]'}]", "nothing at /nothing")]
    [InlineData("resources: [a.yaml, a.yaml]", "twice")]
    [InlineData("resources: [a.yaml]\nimages: [{name: x, newName: y, newTag: z}]", "no container uses")]
    [InlineData("bases: [a.yaml]", "'bases' is not known")]
    public void Composing_WhatDoesNotFit_IsRefused(string kustomization, string complaint)
    {
        string folder = Directory.CreateTempSubdirectory("sweeper-k8s-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "a.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: y}\n");
            File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), kustomization);

            Assert.Contains(complaint, Assert.Throws<InvalidDataException>(() => Kustomization.Compose(folder)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Generated names end with a hash of their content, and so do the references to them.
    private static string[] Lines(IEnumerable<JsonObject> objects) =>
    [
        .. objects.Select(one => Sorted(one)!.ToJsonString())
            .Select(text => System.Text.RegularExpressions.Regex.Replace(text, "\"name\":\"sweep-[a-z0-9]{10}\"", "\"name\":\"sweep\"")).Order(StringComparer.Ordinal),
    ];

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
