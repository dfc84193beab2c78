using Sweeper.Plugins;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>
/// Dropout whose mask comes from the trial's own generator: torch's own draws from the process-wide one, which would
/// make a trial's numbers depend on its neighbours. Srivastava et al., JMLR 15 (2014), in the inverted form: kept
/// activations are divided by the probability to keep. Identity in evaluation and at rate 0.
/// </summary>
/// <param name="members">Rate and generator of each network whose activations lie one behind the other; each draws what it would draw alone.</param>
internal sealed class MemberDropout(IReadOnlyList<DropoutSource> members) : nn.Module<Tensor, Tensor>(nameof(MemberDropout))
{
    private readonly bool _isWithoutRate = members.All(member => member.Rate == 0);

    /// <summary>Whether nothing is dropped: no rate, or no training.</summary>
    public bool IsIdentity => _isWithoutRate || !training;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (IsIdentity)
        {
            return input;
        }

        using DisposeScope scope = NewDisposeScope();
        if (members.Count == 1)
        {
            return input.mul(Mask(members[0], input.shape, input)).MoveToOuterDisposeScope();
        }

        long[] shape = [.. input.shape];
        shape[1] /= members.Count;
        return input.mul(cat([.. members.Select(member => Mask(member, shape, input))], 1)).MoveToOuterDisposeScope();
    }

    private static Tensor Mask(DropoutSource member, long[] shape, Tensor input) => member.Rate == 0
        ? ones(shape, input.dtype, input.device)
        : DropoutMask.Draw(member.Rate, member.Generator, shape, input);
}
