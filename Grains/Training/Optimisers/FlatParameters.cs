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
    private readonly Parameter[] _parameters;

    /// <summary>Takes the parameters over, values unchanged, gradients zero.</summary>
    /// <param name="parameters">All trained parameters of one model, of one type, on one device; at least one.</param>
    /// <param name="decayAll">Whether weight decay acts on biases and norms too.</param>
    public FlatParameters(IEnumerable<Parameter> parameters, bool decayAll)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameter[] all = [.. parameters];
        if (all.Length == 0)
        {
            throw new ArgumentException("there are no parameters to train", nameof(parameters));
        }

        // By number: two parameters are equal, to C#, where their values are.
        ILookup<bool, int> byDecay = Enumerable.Range(0, all.Length).ToLookup(i => decayAll || all[i].dim() > 1);
        DecayedCount = byDecay[true].Sum(i => all[i].numel());
        long count = all.Sum(parameter => parameter.numel());

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Values = empty(count, all[0].dtype, all[0].device).DetachFromDisposeScope();
        Gradients = zeros(count, all[0].dtype, all[0].device).DetachFromDisposeScope();
        long offset = 0;
        long[] offsets = new long[all.Length];
        List<(long Offset, long Length)> vectors = [];
        foreach (int i in byDecay[true].Concat(byDecay[false]))
        {
            Parameter parameter = all[i];
            View(Values, offset, parameter.shape).copy_(parameter);
            offsets[i] = offset;
            if (parameter.dim() <= 1)
            {
                vectors.Add((offset, parameter.numel()));
            }

            offset += parameter.numel();
        }

        BiasesAndNorms = vectors;
        Offsets = offsets;
        _parameters = all;
        Bind();
    }

    /// <summary>Every trained value, <c>[n]</c>.</summary>
    public Tensor Values { get; }

    /// <summary>Every gradient, <c>[n]</c>; backward passes add to it.</summary>
    public Tensor Gradients { get; }

    /// <summary>Values at the front that weight decay acts on.</summary>
    public long DecayedCount { get; }

    /// <summary>Where biases and the scales and shifts of norms lie.</summary>
    public IReadOnlyList<(long Offset, long Length)> BiasesAndNorms { get; }

    /// <summary>Where each parameter begins, in the order in which they were given.</summary>
    public IReadOnlyList<long> Offsets { get; }

    /// <summary>Goes on in other memory, which must hold the same values; the old is let go.</summary>
    /// <param name="values">New place of <see cref="Values"/>, contiguous.</param>
    /// <param name="gradients">New place of <see cref="Gradients"/>, contiguous.</param>
    public void MoveTo(Tensor values, Tensor gradients)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Values.set_(values);
        Gradients.set_(gradients);
        Bind();
    }

    /// <summary>Sets all gradients to zero, in place.</summary>
    public void ZeroGradients() => Gradients.zero_();

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
    }

    // The model's parameters become views.
    private void Bind()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter parameter = _parameters[i];
            parameter.set_(View(Values, Offsets[i], parameter.shape));
            parameter.grad = View(Gradients, Offsets[i], parameter.shape);
        }
    }

    private static Tensor View(Tensor flat, long offset, long[] shape)
    {
        long length = shape.Aggregate(1L, (product, side) => product * side);
        return flat.narrow(0, offset, length).view(shape);
    }
}
