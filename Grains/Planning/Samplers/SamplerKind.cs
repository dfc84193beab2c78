namespace Sweeper.Grains.Planning.Samplers;

/// <summary>Kinds of samplers.</summary>
internal enum SamplerKind
{
    /// <summary>Every combination of levels: <see cref="GridSampler"/>.</summary>
    Grid,

    /// <summary>Independent even draws: <see cref="RandomSampler"/>.</summary>
    Random,

    /// <summary>Scrambled Sobol' points: <see cref="SobolSampler"/>.</summary>
    Sobol,

    /// <summary>Tree-structured Parzen estimator: <see cref="TpeSampler"/>.</summary>
    Tpe,

    /// <summary>Gaussian process with expected improvement: <see cref="GaussianProcessSampler"/>.</summary>
    GaussianProcess,

    /// <summary>Covariance matrix adaptation: <see cref="CmaEsSampler"/>.</summary>
    CmaEs,
}
