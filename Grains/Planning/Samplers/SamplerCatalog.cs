using System.Diagnostics;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>The samplers by their kind.</summary>
internal static class SamplerCatalog
{
    /// <summary>Sampler of a kind, with its default settings. Samplers have no state: one instance serves every sweep.</summary>
    public static ISampler Of(SamplerKind kind) => kind switch
    {
        SamplerKind.Grid => GridSampler.Instance,
        SamplerKind.Random => RandomSampler.Instance,
        SamplerKind.Sobol => SobolSampler.Instance,
        SamplerKind.Tpe => TpeSampler.Instance,
        SamplerKind.GaussianProcess => GaussianProcessSampler.Instance,
        SamplerKind.CmaEs => CmaEsSampler.Instance,
        _ => throw new UnreachableException(),
    };
}
