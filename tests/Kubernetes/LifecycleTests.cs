using System.Text.RegularExpressions;
using k8s.Models;
using Xunit;

namespace Sweeper.Tests.Kubernetes;

/// <summary>How silos start, are watched, end, spread and multiply.</summary>
public sealed class LifecycleTests
{
    public static TheoryData<string> Folders => [.. Manifests.Overlays];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Probes_OfASilo_HaveThreeMeanings(string folder)
    {
        V1Container silo = Manifests.Of(folder).Silo.Spec.Template.Spec.Containers.Single();

        Assert.Equal("/health/live", silo.StartupProbe.HttpGet.Path);
        Assert.Equal("/health/live", silo.LivenessProbe.HttpGet.Path); // never the store's health: a restart would not mend it
        Assert.Equal("/health/ready", silo.ReadinessProbe.HttpGet.Path);
        Assert.True(silo.StartupProbe.FailureThreshold * silo.StartupProbe.PeriodSeconds >= 300, "a CUDA image is slow to start");
        Assert.True(silo.LivenessProbe.FailureThreshold * silo.LivenessProbe.PeriodSeconds >= 60, "training takes every core there is");
        Assert.True(silo.LivenessProbe.TimeoutSeconds < silo.LivenessProbe.PeriodSeconds);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void GracePeriod_OfASilo_IsLongerThanItsShutdown(string folder) => Assert.True(
        Manifests.Of(folder).Silo.Spec.Template.Spec.TerminationGracePeriodSeconds >= SiloProgramFacts.ShutdownTimeout.TotalSeconds + 15);

    [Theory]
    [MemberData(nameof(Folders))]
    public void Silos_OfOneSet_SpreadOverNodesAndLeaveOneByOne(string folder)
    {
        var manifests = Manifests.Of(folder);
        V1TopologySpreadConstraint spread = Assert.Single(manifests.Silo.Spec.Template.Spec.TopologySpreadConstraints);

        Assert.True(Manifests.Picks(spread.LabelSelector.MatchLabels, manifests.Silo.Spec.Template));
        Assert.Equal("1", Assert.Single(manifests.Of<V1PodDisruptionBudget>()).Spec.MaxUnavailable.Value);
    }

    [Fact]
    public void Gpu_Silo_AsksForOneAndMayRunWhereTheyAre()
    {
        V1PodSpec silo = Manifests.Of("overlays/gpu").Silo.Spec.Template.Spec;
        V1Container container = silo.Containers.Single();

        Assert.Equal("nvidia", silo.RuntimeClassName);
        Assert.Equal("1", container.Resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Equal("1", container.Resources.Requests["nvidia.com/gpu"].ToString());
        Assert.Contains(silo.Tolerations, toleration => toleration.Key == "nvidia.com/gpu");
        Assert.Equal("sweeper-silo-cuda:0.1.0", container.Image);
    }

    [Fact]
    public void ScaledObject_OfSilos_AsksForAMeasurementThatSilosMake()
    {
        var manifests = Manifests.Of("overlays/gpu");
        ScaledObject scaled = Assert.Single(manifests.Of<ScaledObject>());
        ScaledObjectTrigger trigger = Assert.Single(scaled.Spec!.Triggers); // was read with one
        string telemetry = Repository.Read("docs", "telemetry.md");
        string series = Assert.Single(Regex.Matches(trigger.Metadata["query"], "sweeper_[a-z_]+(?={)").Select(match => match.Value));

        Assert.Equal(manifests.Silo.Metadata.Name, scaled.Spec.ScaleTargetRef!.Name); // was read with one
        Assert.Null(manifests.Silo.Spec.Replicas); // the number is the scaler's
        Assert.True(scaled.Spec.MinReplicaCount >= 1, "without a silo nobody tells the queue");
        Assert.Contains($"`{series}`", telemetry, StringComparison.Ordinal);
        Assert.All(
            Regex.Matches(trigger.Metadata["query"], "sweeper_(sweep_name|job_kind|job_state)").Select(match => match.Value.Replace("sweeper_", "sweeper.", StringComparison.Ordinal)),
            label => Assert.Contains($"`{Regex.Replace(label, "_", ".")}`", telemetry, StringComparison.Ordinal));
        V1Service prometheus = manifests.Of<V1Service>().Single(service => service.Metadata.Name == "prometheus");
        Assert.Equal($"http://prometheus.sweeper.svc:{prometheus.Spec.Ports.Single().Port}", trigger.Metadata["serverAddress"]);
    }

    [Fact]
    public void Observability_Images_AreThoseOfTheComposeFile()
    {
        string compose = Repository.Read("k8s", "observability", "compose.yaml");

        Assert.All(
            Manifests.Of("overlays/observability").Of<V1Deployment>().SelectMany(deployment => deployment.Spec.Template.Spec.Containers),
            container => Assert.Contains($"image: {container.Image}", compose, StringComparison.Ordinal));
    }
}
