using k8s.Models;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>No pod has more than it needs.</summary>
public sealed class SecurityTests
{
    public static TheoryData<string> Folders => [.. Manifests.Overlays, "examples/submit"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Pods_EachOfThem_MeetTheRestrictedStandardAndHaveNoToken(string folder) => Assert.All(Manifests.Of(folder).Pods, pod =>
    {
        Assert.False(pod.Spec.AutomountServiceAccountToken ?? true, pod.Owner);
        Assert.False(pod.Spec.EnableServiceLinks ?? true, pod.Owner);
        Assert.True(pod.Spec.SecurityContext.RunAsNonRoot, pod.Owner);
        Assert.True(pod.Spec.SecurityContext.RunAsUser > 0, pod.Owner);
        Assert.Equal("RuntimeDefault", pod.Spec.SecurityContext.SeccompProfile.Type);
        Assert.Null(pod.Spec.HostNetwork);
        Assert.All(pod.Spec.Volumes ?? [], volume => Assert.Null(volume.HostPath));
        Assert.All(pod.Spec.Containers, container =>
        {
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation ?? true, pod.Owner);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem, pod.Owner);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Null(container.SecurityContext.Capabilities.Add);
        });
    });

    [Theory]
    [MemberData(nameof(Folders))]
    public void Containers_EachOfThem_AskForResourcesAndHaveAPinnedImage(string folder) => Assert.All(
        Manifests.Of(folder).Pods.SelectMany(pod => pod.Spec.Containers),
        container =>
        {
            Assert.Contains("cpu", container.Resources.Requests.Keys);
            Assert.True(container.Resources.Requests["memory"].ToInt64() <= container.Resources.Limits["memory"].ToInt64(), container.Name);
            Assert.Matches("^[a-z0-9./-]+:v?[0-9]+\\.[0-9]+(\\.[0-9]+)?(-[a-z]+)?$", container.Image);
        });

    [Theory]
    [MemberData(nameof(Folders))]
    public void Objects_OfTheRepository_HoldNoSecretAndGiveNoRight(string folder)
    {
        var manifests = Manifests.Of(folder);

        Assert.Empty(manifests.Of<V1Secret>());
        Assert.Empty(manifests.Of<V1Role>());
        Assert.Empty(manifests.Of<V1ClusterRole>());
        Assert.Empty(manifests.Of<V1RoleBinding>());
        Assert.Empty(manifests.Of<V1ClusterRoleBinding>());
        Assert.All(manifests.Of<V1ServiceAccount>(), account => Assert.False(account.AutomountServiceAccountToken ?? true));
        Assert.All(
            manifests.Pods.SelectMany(pod => pod.Spec.Containers).SelectMany(container => container.Env ?? [])
                .Where(variable => variable.Name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || variable.Name is "Sweeper__Redis" or "Sweeper__Postgres" or "REDISCLI_AUTH"),
            variable => Assert.NotNull(variable.ValueFrom?.SecretKeyRef));
    }

    [Theory]
    [InlineData("overlays/kind")]
    [InlineData("overlays/gpu")]
    public void Namespace_Sweeper_EnforcesTheRestrictedStandard(string folder) =>
        Assert.Equal("restricted", Assert.Single(Manifests.Of(folder).Of<V1Namespace>()).Metadata.Labels["pod-security.kubernetes.io/enforce"]);
}
