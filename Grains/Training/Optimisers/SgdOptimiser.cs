using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimisers;

/// <summary>
/// SGD with momentum, g ← g + wd·w. PyTorch's definition: v ← μv + g; w ← w − lr·v, or − lr·(g + μv) (Nesterov). Caffe's:
/// v ← μv + lr·g; w ← w − v.
/// </summary>
/// <remarks>PyTorch starts v as the first gradient; starting it as zero is the same, as no dampening is used.</remarks>
internal sealed class SgdOptimiser : Optimiser
{
    private readonly OptimiserOptions.Sgd _options;
    private readonly Tensor _velocity;

    /// <summary>Starts at rest.</summary>
    public SgdOptimiser(FlatParameters parameters, OptimiserOptions.Sgd options)
        : base(parameters, options)
    {
        _options = options;
        _velocity = ZerosLike(parameters);
        State = [_velocity];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> State { get; }

    private protected override void Update(SchedulePoint point)
    {
        using Scalar momentum = point.Momentum.ToScalar();
        using Scalar minusRate = (-point.LearningRate).ToScalar();
        Tensor gradients = Parameters.Gradients;
        if (Decayed(gradients) is { } decayed)
        {
            using Scalar decay = _options.WeightDecay.ToScalar();
            decayed.add_(Decayed(Parameters.Values)!, decay);
        }

        if (_options.BiasRateFactor != 1)
        {
            // SGD is linear in the gradient: a larger gradient, decay included, is a larger rate.
            using Scalar factor = _options.BiasRateFactor.ToScalar();
            foreach ((long offset, long length) in Parameters.BiasesAndNorms)
            {
                gradients.narrow(0, offset, length).mul_(factor);
            }
        }

        if (_options.RateInVelocity)
        {
            _velocity.mul_(momentum).add_(gradients, minusRate);
            Parameters.Values.Increase(_velocity);
            return;
        }

        _velocity.mul_(momentum).Increase(gradients);
        Tensor direction = _options.Nesterov ? gradients.add_(_velocity, momentum) : _velocity;
        Parameters.Values.add_(direction, minusRate);
    }

    private protected override void DisposeWorkspace()
    {
    }
}
