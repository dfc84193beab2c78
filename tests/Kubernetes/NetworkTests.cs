using k8s.Models;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>Who may speak to whom: what is needed, and nothing else.</summary>
public sealed class NetworkTests
{
    private static readonly string[] Needed =
    [
        "sweeper-silo -> sweeper-silo:silo",
        "sweeper-client -> sweeper-silo:gateway",
        "sweeper-silo -> sweeper-redis:redis",
        "sweeper-silo -> sweeper-postgres:postgres",
    ];

    private static readonly string[] NeededToLook =
    [
        "sweeper-silo -> collector:otlp-grpc",
        "sweeper-client -> collector:otlp-grpc",
        "collector -> tempo:otlp-grpc",
        "collector -> loki:http",
        "prometheus -> collector:metrics",
        "grafana -> prometheus:http",
        "grafana -> tempo:http",
        "grafana -> loki:http",
    ];

    [Theory]
    [InlineData("overlays/kind", false)]
    [InlineData("overlays/gpu", true)]
    [InlineData("overlays/observability", true)]
    public void Pods_AmongEachOther_ReachWhatTheyNeedAndNothingElse(string folder, bool looks)
    {
        var manifests = Manifests.Of(folder);
        (string Name, V1PodTemplateSpec Pod)[] pods =
        [
            .. manifests.Pods.Select(pod => (pod.Owner, pod.Pod)),
            .. Manifests.Of("examples/submit").Pods.Select(pod => ("sweeper-client", pod.Pod)),
        ];
        string[] reached =
        [
            .. from source in pods
               from target in pods
               from port in target.Pod.Spec.Containers.SelectMany(container => container.Ports ?? [])
               where Allows(manifests, source.Pod, target.Pod, port)
               select $"{source.Name} -> {target.Name}:{port.Name}",
        ];

        Assert.Equal((looks ? [.. Needed, .. NeededToLook] : Needed).Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("overlays/kind")]
    [InlineData("overlays/gpu")]
    [InlineData("overlays/observability")]
    public void Policies_OfTheNamespace_DenyWhatNobodyAllowed(string folder)
    {
        var manifests = Manifests.Of(folder);
        V1NetworkPolicy deny = manifests.Of<V1NetworkPolicy>().Single(policy => policy.Metadata.Name == "default-deny");

        Assert.Null(deny.Spec.PodSelector.MatchLabels);
        Assert.Equal(["Ingress", "Egress"], deny.Spec.PolicyTypes);
        Assert.Null(deny.Spec.Ingress);
        Assert.Null(deny.Spec.Egress);
        Assert.All(manifests.Of<V1NetworkPolicy>().SelectMany(policy => policy.Spec.Ingress ?? []), rule =>
        {
            Assert.NotEmpty(rule.FromProperty); // an empty one would be everybody
            Assert.NotEmpty(rule.Ports);
        });
        Assert.All(manifests.Of<V1NetworkPolicy>().SelectMany(policy => policy.Spec.Egress ?? []), rule =>
        {
            Assert.NotEmpty(rule.To);
            Assert.NotEmpty(rule.Ports);
        });
    }

    // Both ends have to allow it.
    private static bool Allows(Manifests manifests, V1PodTemplateSpec source, V1PodTemplateSpec target, V1ContainerPort port) =>
        Rules(manifests, source, "Egress").Any(policy => (policy.Spec.Egress ?? []).Any(rule => Names(rule.Ports, port) && Picks(rule.To, target)))
        && Rules(manifests, target, "Ingress").Any(policy => (policy.Spec.Ingress ?? []).Any(rule => Names(rule.Ports, port) && Picks(rule.FromProperty, source)));

    private static IEnumerable<V1NetworkPolicy> Rules(Manifests manifests, V1PodTemplateSpec pod, string direction) =>
        manifests.Of<V1NetworkPolicy>().Where(policy => policy.Spec.PolicyTypes.Contains(direction) && Manifests.Picks(policy.Spec.PodSelector.MatchLabels, pod));

    // Addresses outside and other namespaces are no pods of ours.
    private static bool Picks(IEnumerable<V1NetworkPolicyPeer> peers, V1PodTemplateSpec pod) =>
        peers.Any(peer => peer.PodSelector is not null && peer.NamespaceSelector is null && Manifests.Picks(peer.PodSelector.MatchLabels, pod));

    private static bool Names(IEnumerable<V1NetworkPolicyPort> ports, V1ContainerPort port) =>
        ports.Any(one => one.Port.Value == port.Name || one.Port.Value == $"{port.ContainerPort}");
}
