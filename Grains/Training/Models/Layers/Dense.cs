using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>A fully connected layer: <c>[N, in]</c> to <c>[N, out]</c>.</summary>
internal sealed class Dense : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;

    /// <summary>Draws the layer's weights.</summary>
    /// <param name="weights">Where parameters come from.</param>
    /// <param name="inputs">Values in.</param>
    /// <param name="outputs">Values out.</param>
    /// <param name="bias">Whether outputs have a bias.</param>
    /// <param name="rule">How this layer's weights are drawn where it differs from the model's rule; null: the same.</param>
    public Dense(WeightSource weights, int inputs, int outputs, bool bias = true, WeightInit? rule = null)
        : base(nameof(Dense))
    {
        _weight = rule is { } own ? weights.Weight(own, outputs, inputs) : weights.Weight(outputs, inputs);
        register_parameter("weight", _weight);
        if (bias)
        {
            _bias = weights.Bias(outputs, inputs);
            register_parameter("bias", _bias);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.linear(input, _weight, _bias);
}
