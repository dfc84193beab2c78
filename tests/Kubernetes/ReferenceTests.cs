using System.Text.RegularExpressions;
using k8s.Models;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>What one object says of another is true.</summary>
public sealed partial class ReferenceTests
{
    /// <summary>Keys of the Secret that <c>docs/kubernetes.md</c> has the user make; none is in the repository.</summary>
    private static readonly string[] DocumentedKeys = [.. SecretKey().Matches(Repository.Read("docs", "kubernetes.md")).Select(match => match.Groups["key"].Value).Distinct()];

    public static TheoryData<string> Folders => [.. Manifests.Overlays];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Selectors_OfServicesSetsBudgetsAndPolicies_PickPods(string folder)
    {
        var manifests = Manifests.Of(folder);
        bool Picks(IDictionary<string, string>? labels) => manifests.Pods.Any(pod => Manifests.Picks(labels, pod.Pod));

        Assert.All(manifests.Of<V1Service>(), service => Assert.True(Picks(service.Spec.Selector), service.Metadata.Name));
        Assert.All(manifests.Of<V1PodDisruptionBudget>(), budget => Assert.True(Picks(budget.Spec.Selector.MatchLabels), budget.Metadata.Name));
        Assert.All(manifests.Of<V1StatefulSet>(), set => Assert.True(Manifests.Picks(set.Spec.Selector.MatchLabels, set.Spec.Template), set.Metadata.Name));
        Assert.All(manifests.Of<V1Deployment>(), set => Assert.True(Manifests.Picks(set.Spec.Selector.MatchLabels, set.Spec.Template), set.Metadata.Name));
        Assert.All(manifests.Of<V1StatefulSet>(), set => Assert.Contains(manifests.Of<V1Service>(), service =>
            service.Metadata.Name == set.Spec.ServiceName && service.Spec.ClusterIP == "None" && Manifests.Picks(service.Spec.Selector, set.Spec.Template)));
        IEnumerable<string> clients = Manifests.Of("examples/submit").Pods.SelectMany(pod => pod.Pod.Metadata.Labels.Values);
        Assert.All(
            manifests.Of<V1NetworkPolicy>().SelectMany(policy => PeersOf(policy).Append(policy.Spec.PodSelector)),
            selector => Assert.True(Picks(selector.MatchLabels) || selector.MatchLabels.Values.All(clients.Contains), string.Join(',', selector.MatchLabels ?? new Dictionary<string, string>())));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void References_ToConfigMapsSecretsClaimsAccountsAndVolumes_Resolve(string folder)
    {
        var manifests = Manifests.Of(folder);
        HashSet<string> configs = [.. manifests.Of<V1ConfigMap>().SelectMany(map => map.Data.Keys.Select(key => $"{map.Metadata.Name}/{key}").Append(map.Metadata.Name))];
        HashSet<string> claims = [.. manifests.Of<V1PersistentVolumeClaim>().Select(claim => claim.Metadata.Name)];

        foreach ((string owner, _, V1PodSpec pod) in manifests.Pods)
        {
            Assert.Contains(manifests.Of<V1ServiceAccount>(), account => account.Metadata.Name == pod.ServiceAccountName);
            IEnumerable<string> templates = manifests.Of<V1StatefulSet>().Where(set => set.Metadata.Name == owner).SelectMany(set => set.Spec.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata.Name);
            string[] volumes = [.. templates, .. (pod.Volumes ?? []).Select(volume => volume.Name)];
            Assert.Equal(volumes.Order(StringComparer.Ordinal), pod.Containers.SelectMany(container => container.VolumeMounts ?? []).Select(mount => mount.Name).Distinct().Order(StringComparer.Ordinal));
            Assert.All(pod.Volumes ?? [], volume =>
            {
                Assert.True(volume.PersistentVolumeClaim is null || claims.Contains(volume.PersistentVolumeClaim.ClaimName), volume.Name);
                Assert.True(volume.ConfigMap is null || configs.Contains(volume.ConfigMap.Name), volume.Name);
                Assert.All(volume.Projected?.Sources ?? [], source => Assert.Contains(source.ConfigMap.Name, configs));
                Assert.All(
                    (volume.Projected?.Sources ?? []).SelectMany(source => (source.ConfigMap.Items ?? []).Select(item => $"{source.ConfigMap.Name}/{item.Key}")),
                    item => Assert.Contains(item, configs));
            });
            Assert.All(
                pod.Containers.SelectMany(container => container.Env ?? []).Where(variable => variable.ValueFrom?.SecretKeyRef is not null),
                variable =>
                {
                    Assert.Equal("sweeper", variable.ValueFrom.SecretKeyRef.Name);
                    Assert.Contains(variable.ValueFrom.SecretKeyRef.Key, DocumentedKeys);
                });
        }

        Assert.Equal(4, DocumentedKeys.Length);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Silo_EveryVariable_IsAnOptionOfTheProgram(string folder)
    {
        V1Container silo = Assert.Single(Manifests.Of(folder).Silo.Spec.Template.Spec.Containers);
        string[] names = [.. silo.Env.Select(variable => variable.Name)];

        Assert.NotEmpty(SiloProgramFacts.Variables);
        Assert.Equal(names.Distinct(), names);
        Assert.All(names.Where(name => name is not ("HOME" or "DOTNET_EnableDiagnostics")), name => Assert.Contains(name, SiloProgramFacts.Variables));
        Assert.All(
            new[] { ("Sweeper__SiloPort", "silo"), ("Sweeper__GatewayPort", "gateway"), ("Sweeper__HttpPort", "http") },
            port => Assert.Equal(silo.Env.Single(variable => variable.Name == port.Item1).Value, $"{silo.Ports.Single(one => one.Name == port.Item2).ContainerPort}"));
        Assert.All(
            new[] { "Sweeper__DataDirectory", "Sweeper__Checkpoints" },
            folderOf => Assert.Contains(silo.VolumeMounts, mount => mount.MountPath == silo.Env.Single(variable => variable.Name == folderOf).Value));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Ports_OfServicesProbesAndPolicies_AreThere(string folder)
    {
        var manifests = Manifests.Of(folder);

        Assert.All(manifests.Of<V1Service>(), service => Assert.All(service.Spec.Ports, port => Assert.Contains(
            manifests.Pods.Where(pod => Manifests.Picks(service.Spec.Selector, pod.Pod)).SelectMany(pod => PortsOf(pod.Spec)), there => there.Name == port.TargetPort.Value)));
        Assert.All(manifests.Pods, pod => Assert.All(pod.Spec.Containers, container => Assert.All(
            new[] { container.StartupProbe, container.LivenessProbe, container.ReadinessProbe }.OfType<V1Probe>().Select(probe => probe.HttpGet?.Port ?? probe.TcpSocket?.Port).OfType<IntOrString>(),
            port => Assert.Contains(container.Ports, there => there.Name == port.Value))));
        foreach (V1NetworkPolicy policy in manifests.Of<V1NetworkPolicy>())
        {
            IEnumerable<string> into = (policy.Spec.Ingress ?? []).SelectMany(rule => rule.Ports).Select(port => port.Port.Value);
            IEnumerable<V1ContainerPort> own = manifests.Pods.Where(pod => Manifests.Picks(policy.Spec.PodSelector.MatchLabels, pod.Pod)).SelectMany(pod => PortsOf(pod.Spec));
            Assert.All(into, port => Assert.Contains(own, there => there.Name == port));
        }
    }

    [Fact]
    public void Examples_Submit_NamesTheSilosService()
    {
        V1Container client = Manifests.Of("examples/submit").Pods.Single().Spec.Containers.Single();
        V1Service silo = Manifests.Of("overlays/kind").Of<V1Service>().Single(service => service.Metadata.Name == "sweeper-silo");

        Assert.Equal($"{silo.Metadata.Name}:{silo.Spec.Ports.Single(port => port.Name == "gateway").Port}", client.Env.Single(variable => variable.Name == "SWEEPER_CLUSTER").Value);
        Assert.Equal("/specs/sweep.yaml", client.Args[1]);
        Assert.Contains("sweep.yaml", Manifests.Of("examples/submit").Of<V1ConfigMap>().Single().Data.Keys);
    }

    private static IEnumerable<V1ContainerPort> PortsOf(V1PodSpec pod) => pod.Containers.SelectMany(container => container.Ports ?? []);

    private static IEnumerable<V1LabelSelector> PeersOf(V1NetworkPolicy policy) =>
        (policy.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty ?? []).Concat((policy.Spec.Egress ?? []).SelectMany(rule => rule.To ?? []))
            .Select(peer => peer.PodSelector).OfType<V1LabelSelector>();

    [GeneratedRegex("--from-literal=(?<key>[a-z-]+)=")]
    private static partial Regex SecretKey();
}
