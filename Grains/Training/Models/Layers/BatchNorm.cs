using Sweeper.Training.Models.Norms;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>Batch normalisation of <c>[N, C, H, W]</c> per channel, so that members whose channels are stacked do not meet. Ioffe and Szegedy, arXiv:1502.03167.</summary>
internal sealed class BatchNorm : nn.Module<Tensor, Tensor>
{
    /// <summary>Share of the new batch in the running statistics where options are silent; PyTorch's default.</summary>
    public const double DefaultMomentum = 0.1;

    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Tensor _mean;
    private readonly Tensor _variance;
    private readonly double _momentum;
    private readonly int _members;
    private readonly NormRelu _joined;

    /// <summary>Starts as the identity of a normalised input: scale 1, shift 0, running mean 0, running variance 1.</summary>
    /// <param name="weights">Where parameters come from.</param>
    /// <param name="channels">Channels in and out.</param>
    /// <param name="momentum">Share of the new batch in the running statistics, in (0, 1].</param>
    public BatchNorm(WeightSource weights, int channels, double momentum)
        : base(nameof(BatchNorm))
    {
        _momentum = momentum;
        _members = weights.Members;
        _weight = weights.Constant(channels, 1);
        _bias = weights.Constant(channels, 0);
        _mean = weights.Buffer(channels, 0);
        _variance = weights.Buffer(channels, 1);
        _joined = new NormRelu(_mean, _variance, momentum);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
        register_buffer("running_mean", _mean);
        register_buffer("running_var", _variance);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (_members == 1)
        {
            return nn.functional.batch_norm(input, _mean, _variance, _weight, _bias, training, _momentum);
        }

        using Tensor weight = _weight.flatten();
        using Tensor bias = _bias.flatten();
        return nn.functional.batch_norm(input, _mean, _variance, weight, bias, training, _momentum);
    }

    /// <summary>ReLU of the norm.</summary>
    public Tensor Relu(Tensor input) => CanJoin(input) ? Joined(input, shortcut: null, pools: false) : call(input).relu_();

    /// <summary>ReLU of the sum of the norm and a shortcut.</summary>
    public Tensor ReluOfSum(Tensor input, Tensor shortcut) =>
        CanJoin(input) && NormRelu.Takes(shortcut) ? Joined(input, shortcut, pools: false) : call(input).Increase(shortcut).relu_();

    /// <summary>ReLU of the norm, then the greatest of each two by two pixels; a last row or column without a pair is left out.</summary>
    public Tensor ReluPooled(Tensor input)
    {
        if (CanJoin(input))
        {
            return Joined(input, shortcut: null, pools: true);
        }

        using Tensor output = call(input).relu_();
        return nn.functional.max_pool2d(output, 2);
    }

    // Out of training nothing can be learned through the joined operation.
    private bool CanJoin(Tensor input) => NormRelu.Takes(input) && (training || !is_grad_enabled());

    private Tensor Joined(Tensor input, Tensor? shortcut, bool pools)
    {
        if (_members == 1)
        {
            return Joined(input, _weight, _bias, shortcut, pools);
        }

        using Tensor weight = _weight.flatten();
        using Tensor bias = _bias.flatten();
        return Joined(input, weight, bias, shortcut, pools);
    }

    private Tensor Joined(Tensor input, Tensor weight, Tensor bias, Tensor? shortcut, bool pools) =>
        training ? _joined.Train(input, weight, bias, shortcut, pools) : _joined.Evaluate(input, weight, bias, shortcut, pools);
}
