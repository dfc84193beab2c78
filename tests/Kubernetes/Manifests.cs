using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Sweeper.Tests.Kubernetes.Composing;

namespace Sweeper.Tests.Kubernetes;

/// <summary>The objects that one folder of <c>k8s</c> comes to, typed.</summary>
internal sealed class Manifests
{
    private static readonly Dictionary<string, Type> Extensions = new() { ["keda.sh/v1alpha1/ScaledObject"] = typeof(ScaledObject) };

    private static readonly ConcurrentDictionary<string, Lazy<Manifests>> Read = [];

    private Manifests(string folder)
    {
        Raw = Kustomization.Compose(Path.Combine(Repository.Manifests, folder));
        Objects = KubernetesYaml.LoadAllFromString(string.Join("\n---\n", Raw.Select(one => one.ToJsonString(Json))), Extensions, strict: true);
    }

    private static JsonSerializerOptions Json { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Folders that are applied as they are.</summary>
    public static string[] Overlays { get; } = ["overlays/kind", "overlays/gpu", "overlays/observability"];

    public IReadOnlyList<JsonObject> Raw { get; }

    public IReadOnlyList<object> Objects { get; }

    /// <summary>Pods by the name of what makes them.</summary>
    public IReadOnlyList<(string Owner, V1PodTemplateSpec Pod, V1PodSpec Spec)> Pods =>
    [
        .. Of<V1StatefulSet>().Select(set => (set.Metadata.Name, set.Spec.Template))
            .Concat(Of<V1Deployment>().Select(deployment => (deployment.Metadata.Name, deployment.Spec.Template)))
            .Concat(Of<V1Job>().Select(job => (job.Metadata.Name, job.Spec.Template)))
            .Select(pod => (pod.Name, pod.Template, pod.Template.Spec)),
    ];

    public V1StatefulSet Silo => Of<V1StatefulSet>().Single(set => set.Metadata.Name == "sweeper-silo");

    /// <summary>Reads a folder strictly: an unknown field, a wrong type or an odd quantity is an exception.</summary>
    public static Manifests Of(string folder) => Read.GetOrAdd(folder, name => new Lazy<Manifests>(() => new Manifests(name))).Value;

    public IEnumerable<T> Of<T>() => Objects.OfType<T>();

    /// <summary>Name and labels of every object.</summary>
    public IEnumerable<(string Kind, V1ObjectMeta Metadata)> Names => Objects.Select(one => (one.GetType().Name, one switch
    {
        IMetadata<V1ObjectMeta> known => known.Metadata,
        ScaledObject scaled => scaled.Metadata!, // has one
        _ => throw new InvalidDataException(one.GetType().Name),
    }));

    /// <summary>Whether a selector picks a pod.</summary>
    public static bool Picks(IDictionary<string, string>? labels, V1PodTemplateSpec pod) =>
        labels is null || labels.All(label => pod.Metadata.Labels.TryGetValue(label.Key, out string? value) && value == label.Value);
}
