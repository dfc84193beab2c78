namespace Sweeper.Training.Models;

/// <summary>What a network computes with. Weights are kept, and updated, in float32 whichever it is.</summary>
public enum Precision
{
    /// <summary>32 bits.</summary>
    Full,

    /// <summary>
    /// 16 bits of bfloat16 for activations and for the weights and biases of convolutions and dense layers; norms, the loss and
    /// evaluation's sums stay in float32. Micikevicius et al., arXiv:1710.03740, with the exponent of float32, so that no loss is scaled.
    /// </summary>
    BFloat16,
}
