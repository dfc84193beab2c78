namespace Sweeper.Tests.Kubernetes;

/// <summary>As much of KEDA's ScaledObject (keda.sh/v1alpha1) as is used; a field that is not here is refused.</summary>
public sealed class ScaledObject
{
    public string? ApiVersion { get; set; }

    public string? Kind { get; set; }

    public k8s.Models.V1ObjectMeta? Metadata { get; set; }

    public ScaledObjectSpec? Spec { get; set; }
}

public sealed class ScaledObjectSpec
{
    public k8s.Models.V2CrossVersionObjectReference? ScaleTargetRef { get; set; }

    public int MinReplicaCount { get; set; }

    public int MaxReplicaCount { get; set; }

    public int PollingInterval { get; set; }

    public int CooldownPeriod { get; set; }

    public ScaledObjectFallback? Fallback { get; set; }

    public ScaledObjectAdvanced? Advanced { get; set; }

    public List<ScaledObjectTrigger> Triggers { get; set; } = [];
}

public sealed class ScaledObjectFallback
{
    public int FailureThreshold { get; set; }

    public int Replicas { get; set; }
}

public sealed class ScaledObjectAdvanced
{
    public ScaledObjectScaler? HorizontalPodAutoscalerConfig { get; set; }
}

public sealed class ScaledObjectScaler
{
    public k8s.Models.V2HorizontalPodAutoscalerBehavior? Behavior { get; set; }
}

public sealed class ScaledObjectTrigger
{
    public string? Type { get; set; }

    public Dictionary<string, string> Metadata { get; set; } = [];
}
