using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>
/// A fully connected layer: <c>[N, in]</c> to <c>[N, out]</c>. Those of several members are one batched product, their values
/// one behind the other.
/// </summary>
internal sealed class Dense : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly int _members;

    /// <summary>Draws the layer's weights.</summary>
    /// <param name="weights">Where parameters come from.</param>
    /// <param name="inputs">Values in.</param>
    /// <param name="outputs">Values out.</param>
    /// <param name="bias">Whether outputs have a bias.</param>
    /// <param name="rule">How this layer's weights are drawn where it differs from the model's rule; null: the same.</param>
    public Dense(WeightSource weights, int inputs, int outputs, bool bias = true, WeightInit? rule = null)
        : base(nameof(Dense))
    {
        _members = weights.Members;
        _weight = rule is { } own ? weights.Weight(own, outputs, inputs) : weights.Weight(outputs, inputs);
        register_parameter("weight", _weight);
        if (bias)
        {
            _bias = weights.Bias(outputs, inputs);
            register_parameter("bias", _bias);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (_members == 1)
        {
            return nn.functional.linear(input, _weight, _bias);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor values = input.reshape(input.shape[0], _members, -1).transpose(0, 1); // [members, N, in]
        Tensor weights = _weight.transpose(1, 2); // [members, in, out]
        Tensor sums = values.bmm(weights); // TorchSharp's baddbmm takes its arguments for one another
        if (_bias is { } bias)
        {
            sums.Increase(bias.unsqueeze(1));
        }

        return sums.transpose(0, 1).flatten(1).MoveToOuterDisposeScope();
    }
}
