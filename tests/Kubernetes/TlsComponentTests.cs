using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Sweeper.Tests.Kubernetes.Composing;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>The optional component <c>tls</c> on the base: files of its Secret where the silo's options look for them.</summary>
public sealed class TlsComponentTests
{
    [Fact]
    public void Tls_OnTheBase_MountsItsSecretWhereTheOptionsPoint()
    {
        string folder = Directory.CreateTempSubdirectory("sweeper-k8s-").FullName;
        try
        {
            File.WriteAllText(
                Path.Combine(folder, "kustomization.yaml"),
                $"namespace: sweeper\nresources: [{Path.Combine(Repository.Manifests, "base")}]\ncomponents: [{Path.Combine(Repository.Manifests, "components", "tls")}]\n");
            List<JsonObject> objects = Kustomization.Compose(folder);

            V1StatefulSet silo = objects.SelectMany(one => KubernetesYaml.LoadAllFromString(one.ToJsonString(), null, strict: true)).OfType<V1StatefulSet>().Single();
            V1Container container = Assert.Single(silo.Spec.Template.Spec.Containers);
            V1Volume volume = silo.Spec.Template.Spec.Volumes.Single(one => one.Name == "tls");
            Assert.Equal(("sweeper-tls", 0b100_100_000), (volume.Secret.SecretName, volume.Secret.DefaultMode)); // read by owner and group, by nobody else
            Assert.NotNull(silo.Spec.Template.Spec.SecurityContext.FsGroup);
            string place = container.VolumeMounts.Single(mount => mount.Name == "tls").MountPath;
            foreach ((string variable, string file) in new[] { ("Sweeper__TlsCertificate", "tls.crt"), ("Sweeper__TlsKey", "tls.key"), ("Sweeper__TlsAuthority", "ca.crt") })
            {
                Assert.Contains(variable, SiloProgramFacts.Variables);
                Assert.Equal($"{place}/{file}", container.Env.Single(one => one.Name == variable).Value);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
