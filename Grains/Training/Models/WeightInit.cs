namespace Sweeper.Training.Models;

/// <summary>How the weights of convolutions and dense layers are drawn. Norms start at scale 1 and shift 0.</summary>
public enum WeightInit
{
    /// <summary>Normal, variance 2 / fan-in; biases zero. He et al., arXiv:1502.01852 ("msra" in Caffe).</summary>
    KaimingNormal,

    /// <summary>Normal, variance 2 / fan-out; biases zero. He et al., arXiv:1502.01852.</summary>
    KaimingNormalFanOut,

    /// <summary>Uniform, variance 2 / (fan-in + fan-out); biases zero. Glorot and Bengio, AISTATS 2010.</summary>
    XavierUniform,

    /// <summary>Normal, variance 2 / (fan-in + fan-out); biases zero. Glorot and Bengio, AISTATS 2010.</summary>
    XavierNormal,

    /// <summary>Uniform, variance 1 / fan-in; biases zero. What Caffe's filler "xavier" does as it comes.</summary>
    CaffeXavier,

    /// <summary>Uniform in ±1/√fan-in, weights and biases: what PyTorch's layers do as they come.</summary>
    PyTorchDefault,
}
