using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>
/// Makes the parameters of a model in the order of its layers. Values are drawn on the CPU from one given generator
/// and moved then, so that a seed gives the same start on every device and no other model's draws are disturbed.
/// </summary>
/// <param name="init">How weights are drawn.</param>
/// <param name="generator">Source of randomness, on the CPU; null with several members, for which nothing is drawn.</param>
/// <param name="device">Where the parameters are to live.</param>
/// <param name="members">
/// Networks that the model computes side by side. With several, every parameter has one dimension more, the members, in
/// front, and starts at zero: the members' own values are put there.
/// </param>
/// <param name="type">Type of the values; drawn as float32, whatever it is. With bfloat16, constants and buffers, which are those of norms, are float32.</param>
internal sealed class WeightSource(WeightInit init, Generator? generator, Device device, int members = 1, ScalarType type = ScalarType.Float32)
{
    private readonly ScalarType _normType = type == ScalarType.BFloat16 ? ScalarType.Float32 : type;

    /// <summary>Networks that the model computes side by side, at least 1.</summary>
    public int Members => members;

    /// <summary>Weights of a convolution <c>[out, in, height, width]</c> or a dense layer <c>[out, in]</c>.</summary>
    public Parameter Weight(params long[] shape) => Weight(init, shape);

    /// <summary>Weights drawn otherwise than the rest of the model, as some authors draw their last layer.</summary>
    public Parameter Weight(WeightInit rule, params long[] shape)
    {
        if (members > 1)
        {
            return Stacked(shape);
        }

        long area = shape[2..].Aggregate(1L, (product, side) => product * side);
        double fanIn = shape[1] * area;
        double fanOut = shape[0] * area;
        using DisposeScope scope = NewDisposeScope();
        Tensor values = empty(shape, ScalarType.Float32, CPU);
        _ = rule switch
        {
            WeightInit.KaimingNormal => values.normal_(0, Math.Sqrt(2 / fanIn), generator),
            WeightInit.KaimingNormalFanOut => values.normal_(0, Math.Sqrt(2 / fanOut), generator),
            WeightInit.XavierNormal => values.normal_(0, Math.Sqrt(2 / (fanIn + fanOut)), generator),
            WeightInit.XavierUniform => Uniform(values, Math.Sqrt(6 / (fanIn + fanOut))),
            WeightInit.CaffeXavier => Uniform(values, Math.Sqrt(3 / fanIn)),
            WeightInit.PyTorchDefault => Uniform(values, 1 / Math.Sqrt(fanIn)),
            _ => throw new System.Diagnostics.UnreachableException($"no rule draws {rule}"),
        };
        return Own(values);
    }

    /// <summary>Biases of a layer whose outputs each sum <paramref name="fanIn"/> products.</summary>
    public Parameter Bias(long outputs, long fanIn)
    {
        if (members > 1)
        {
            return Stacked(outputs);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor values = zeros(outputs, ScalarType.Float32, CPU);
        return Own(init == WeightInit.PyTorchDefault ? Uniform(values, 1 / Math.Sqrt(fanIn)) : values);
    }

    /// <summary>Parameters that all start at <paramref name="value"/>; draws nothing.</summary>
    public Parameter Constant(long count, double value)
    {
        if (members > 1)
        {
            return Stacked(count);
        }

        using DisposeScope scope = NewDisposeScope();
        using Scalar all = value.ToScalar();
        return Own(full(count, all, ScalarType.Float32, CPU), _normType);
    }

    /// <summary>A tensor that is saved with the model but not trained; those of several members lie one behind the other.</summary>
    public Tensor Buffer(long count, double value)
    {
        using DisposeScope scope = NewDisposeScope();
        using Scalar all = value.ToScalar();
        return full(members * count, all, _normType, CPU).to(device).DetachFromDisposeScope();
    }

    private Tensor Uniform(Tensor values, double bound) => values.uniform_(-bound, bound, generator);

    private Parameter Stacked(params long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        return Own(zeros([members, .. shape], ScalarType.Float32, CPU));
    }

    // The model owns its parameters: whatever scope it was built in must not take them along.
    private Parameter Own(Tensor values, ScalarType? other = null)
    {
        Parameter parameter = new(values.to(other ?? type).to(device));
        parameter.DetachFromDisposeScope();
        return parameter;
    }
}
