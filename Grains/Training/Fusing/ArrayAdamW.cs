using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Fusing;

/// <summary><see cref="AdamWOptimiser"/> for stacked rows.</summary>
internal sealed class ArrayAdamW(
    Tensor values, Tensor gradients, Tensor[] state, FlatParameters layout, IReadOnlyList<Optimiser> members, OptimiserOptions.AdamW options)
    : ArrayOptimiser(values, gradients, layout, members)
{
    private readonly Tensor _first = state[0];
    private readonly Tensor _second = state[1];

    private protected override void Update(IReadOnlyList<SchedulePoint> points)
    {
        Tensor[] columns = Columns(
            (k, _) => points[k].Momentum,
            (k, _) => 1 - points[k].Momentum,
            (k, member) => 1 - (points[k].LearningRate * member.Options.WeightDecay),
            (_, member) => 1 / Math.Sqrt(1 - Math.Pow(options.Beta2, member.StepsTaken)),
            (k, member) => -points[k].LearningRate / (1 - Math.Pow(points[k].Momentum, member.StepsTaken)));
        (Tensor keepFirst, Tensor newFirst, Tensor shrink, Tensor rootScale, Tensor stepSize) = (columns[0], columns[1], columns[2], columns[3], columns[4]);
        using Scalar one = 1.0.ToScalar();
        using Scalar keepSecond = options.Beta2.ToScalar();
        using Scalar newSecond = (1 - options.Beta2).ToScalar();
        using Scalar epsilon = options.Epsilon.ToScalar();
        if (Decays)
        {
            Decayed(Values).mul_(shrink);
        }

        _first.mul_(keepFirst).addcmul_(Gradients, newFirst, one);
        _second.mul_(keepSecond).addcmul_(Gradients, Gradients, newSecond);
        Tensor root = _second.sqrt().mul_(rootScale).Increase(epsilon);
        Values.addcdiv_(_first.mul(stepSize), root, one);
    }

    private protected override void DisposeState()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
