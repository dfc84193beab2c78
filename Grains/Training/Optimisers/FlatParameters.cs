using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Optimisers;

/// <summary>
/// A model's parameters as one contiguous tensor, their gradients as another: an update is then a handful of native
/// calls, whatever the number of layers, and a checkpoint one copy. The model's own parameters become views into them.
/// </summary>
/// <remarks>
/// From then on nothing may replace a parameter's storage or gradient: no <c>zero_grad</c> (it drops the gradient), no
/// moving of the model to another device. Parameters that weight decay acts on come first.
/// </remarks>
internal sealed class FlatParameters : IDisposable
{
    /// <summary>Takes the parameters over, values unchanged, gradients zero.</summary>
    /// <param name="parameters">All trained parameters of one model, float32, on one device; at least one.</param>
    /// <param name="decayAll">Whether weight decay acts on biases and norms too.</param>
    public FlatParameters(IEnumerable<Parameter> parameters, bool decayAll)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameter[] all = [.. parameters];
        if (all.Length == 0)
        {
            throw new ArgumentException("there are no parameters to train", nameof(parameters));
        }

        ILookup<bool, Parameter> byDecay = all.ToLookup(parameter => decayAll || parameter.dim() > 1);
        Parameter[] decayed = [.. byDecay[true]];
        Parameter[] ordered = [.. decayed, .. byDecay[false]];
        DecayedCount = decayed.Sum(parameter => parameter.numel());
        long count = ordered.Sum(parameter => parameter.numel());

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Values = empty(count, ScalarType.Float32, all[0].device).DetachFromDisposeScope();
        Gradients = zeros(count, ScalarType.Float32, all[0].device).DetachFromDisposeScope();
        long offset = 0;
        List<(long Offset, long Length)> vectors = [];
        foreach (Parameter parameter in ordered)
        {
            Tensor view = View(Values, offset, parameter.shape);
            view.copy_(parameter);
            parameter.set_(view);
            parameter.grad = View(Gradients, offset, parameter.shape);
            if (parameter.dim() <= 1)
            {
                vectors.Add((offset, parameter.numel()));
            }

            offset += parameter.numel();
        }

        BiasesAndNorms = vectors;
    }

    /// <summary>Every trained value, float32 <c>[n]</c>.</summary>
    public Tensor Values { get; }

    /// <summary>Every gradient, float32 <c>[n]</c>; backward passes add to it.</summary>
    public Tensor Gradients { get; }

    /// <summary>Values at the front that weight decay acts on.</summary>
    public long DecayedCount { get; }

    /// <summary>Where biases and the scales and shifts of norms lie.</summary>
    public IReadOnlyList<(long Offset, long Length)> BiasesAndNorms { get; }

    /// <summary>Sets all gradients to zero, in place.</summary>
    public void ZeroGradients() => Gradients.zero_();

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
    }

    private static Tensor View(Tensor flat, long offset, long[] shape)
    {
        long length = shape.Aggregate(1L, (product, side) => product * side);
        return flat.narrow(0, offset, length).view(shape);
    }
}
