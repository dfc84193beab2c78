using Sweeper.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Sums the errors of predicted numbers; on the device, so that summing waits for nothing.</summary>
/// <param name="scale">What a network's answers stand for.</param>
/// <param name="device">Device of the answers.</param>
internal sealed class ErrorSums(TargetScale scale, Device device) : IDisposable
{
    // Squared errors, absolute errors, targets, squared targets: all scaled, so that none cancels the others' digits.
    private readonly Tensor _sums = zeros(4, ScalarType.Float64, device).DetachFromDisposeScope();
    private long _count;

    /// <summary>Takes up a batch.</summary>
    /// <param name="answers">Answers, <c>[N, 1]</c>.</param>
    /// <param name="targets">Right numbers, <c>[N]</c>.</param>
    public void Add(Tensor answers, Tensor targets)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor right = targets.to(ScalarType.Float64);
        Tensor error = answers.squeeze(1).to(ScalarType.Float64).sub(right);
        _sums[0].Increase(error.mul(error).sum());
        _sums[1].Increase(error.abs().sum());
        _sums[2].Increase(right.sum());
        _sums[3].Increase(right.mul(right).sum());
        _count += targets.shape[0];
    }

    /// <summary>Mean squared error of the scaled numbers, R², and the errors in the target's units. Waits for the device.</summary>
    public Measurement Read()
    {
        double[] sums = _sums.cpu().data<double>().ToArray();
        double loss = sums[0] / _count;
        return new Measurement(
            loss,
            RSquared(sums[0], sums[3] - (sums[2] * sums[2] / _count)),
            new ErrorReading(Math.Sqrt(loss) * scale.Deviation, sums[1] / _count * scale.Deviation));
    }

    /// <inheritdoc/>
    public void Dispose() => _sums.Dispose();

    /// <summary>1 - errors over spread; of equal targets, as scikit-learn's r2_score has it, 1 where all are met and else 0.</summary>
    private static double RSquared(double errors, double spread)
    {
        const double Rounding = 1e-12;
        return spread > Rounding ? 1 - (errors / spread) : errors <= Rounding ? 1 : errors > Rounding ? 0 : double.NaN;
    }
}
