using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Fusing;

/// <summary><see cref="SgdOptimiser"/> for stacked rows.</summary>
internal sealed class ArraySgd(
    Tensor values, Tensor gradients, Tensor[] state, FlatParameters layout, IReadOnlyList<Optimiser> members, OptimiserOptions.Sgd options)
    : ArrayOptimiser(values, gradients, layout, members)
{
    private readonly Tensor _velocity = state[0];

    private protected override void Update(IReadOnlyList<SchedulePoint> points)
    {
        Tensor[] columns = Columns(
            (k, _) => points[k].Momentum, (k, _) => -points[k].LearningRate, (_, member) => member.Options.WeightDecay);
        (Tensor momentum, Tensor minusRate, Tensor decay) = (columns[0], columns[1], columns[2]);
        using Scalar one = 1.0.ToScalar();
        if (Decays)
        {
            Decayed(Gradients).addcmul_(Decayed(Values), decay, one);
        }

        if (options.BiasRateFactor != 1)
        {
            using Scalar factor = options.BiasRateFactor.ToScalar();
            foreach ((long offset, long length) in Layout.BiasesAndNorms)
            {
                Gradients.narrow(1, offset, length).mul_(factor);
            }
        }

        _velocity.mul_(momentum);
        if (options.RateInVelocity)
        {
            Values.Increase(_velocity.addcmul_(Gradients, minusRate, one));
            return;
        }

        _velocity.Increase(Gradients);
        Tensor direction = options.Nesterov ? Gradients.addcmul_(_velocity, momentum, one) : _velocity;
        Values.addcmul_(direction, minusRate, one);
    }

    private protected override void DisposeState() => _velocity.Dispose();
}
