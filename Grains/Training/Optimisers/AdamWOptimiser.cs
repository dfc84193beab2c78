using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimisers;

/// <summary>
/// AdamW, PyTorch's definition: w ← w(1 − lr·wd); m ← β1·m + (1 − β1)g; v ← β2·v + (1 − β2)g²;
/// w ← w − lr/(1 − β1^t) · m / (√v/√(1 − β2^t) + ε). β1 is the step's momentum, also in its bias correction, as in
/// PyTorch and fastai when they cycle it.
/// </summary>
internal sealed class AdamWOptimiser : Optimiser
{
    private readonly OptimiserOptions.AdamW _options;
    private readonly Tensor _first;
    private readonly Tensor _second;
    private readonly Tensor _root;

    /// <summary>Starts with both moments zero.</summary>
    public AdamWOptimiser(FlatParameters parameters, OptimiserOptions.AdamW options)
        : base(parameters, options)
    {
        _options = options;
        _first = ZerosLike(parameters);
        _second = ZerosLike(parameters);
        _root = ZerosLike(parameters);
        State = [_first, _second];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> State { get; }

    private protected override void Update(SchedulePoint point)
    {
        double beta1 = point.Momentum;
        double beta2 = _options.Beta2;
        double firstCorrection = 1 - Math.Pow(beta1, StepsTaken);
        double secondCorrection = 1 - Math.Pow(beta2, StepsTaken);
        using Scalar keepFirst = beta1.ToScalar();
        using Scalar newFirst = (1 - beta1).ToScalar();
        using Scalar keepSecond = beta2.ToScalar();
        using Scalar newSecond = (1 - beta2).ToScalar();
        using Scalar rootScale = (1 / Math.Sqrt(secondCorrection)).ToScalar();
        using Scalar epsilon = _options.Epsilon.ToScalar();
        using Scalar stepSize = (-point.LearningRate / firstCorrection).ToScalar();

        Tensor gradients = Parameters.Gradients;
        if (Decayed(Parameters.Values) is { } decayed)
        {
            using Scalar shrink = (1 - (point.LearningRate * _options.WeightDecay)).ToScalar();
            decayed.mul_(shrink);
        }

        _first.mul_(keepFirst).add_(gradients, newFirst);
        _second.mul_(keepSecond).addcmul_(gradients, gradients, newSecond);
        _root.copy_(_second).sqrt_().mul_(rootScale).Increase(epsilon);
        Parameters.Values.addcdiv_(_first, _root, stepSize);
    }

    private protected override void DisposeWorkspace() => _root.Dispose();
}
