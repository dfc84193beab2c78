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
/// moving of the model to another device. Parameters that weight decay acts on come first. Parameters of bfloat16 are views into a
/// copy of that type: <see cref="Values"/> and <see cref="Gradients"/> are float32 all the same, so that small updates are not lost.
/// </remarks>
internal sealed class FlatParameters : IDisposable
{
    private readonly Parameter[] _parameters;
    private readonly Tensor? _lowValues;
    private readonly Tensor? _lowGradients;

    /// <summary>Takes the parameters over, values unchanged, gradients zero.</summary>
    /// <param name="parameters">All trained parameters of one model, of one type, or of bfloat16 and float32, on one device; at least one.</param>
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
        bool mixed = Array.Exists(all, parameter => parameter.dtype == ScalarType.BFloat16);
        ScalarType type = mixed ? ScalarType.Float32 : all[0].dtype;
        Values = empty(count, type, all[0].device).DetachFromDisposeScope();
        Gradients = zeros(count, type, all[0].device).DetachFromDisposeScope();
        if (mixed)
        {
            _lowValues = empty(count, ScalarType.BFloat16, all[0].device).DetachFromDisposeScope();
            _lowGradients = zeros(count, ScalarType.BFloat16, all[0].device).DetachFromDisposeScope();
        }

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
        Publish();
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
    public void ZeroGradients()
    {
        Gradients.zero_();
        _lowGradients?.zero_();
    }

    /// <summary>Brings what a backward pass added in bfloat16 to <see cref="Gradients"/>; to be called once before they are used.</summary>
    public void Collect()
    {
        if (_lowGradients is not null)
        {
            Gradients.Increase(_lowGradients); // each place has one of the two, the other is zero
        }
    }

    /// <summary>Brings <see cref="Values"/> to the parameters of bfloat16; to be called whenever they have changed.</summary>
    public void Publish()
    {
        if (_lowValues is not null)
        {
            using IDisposable noGradient = no_grad();
            _lowValues.copy_(Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
        _lowValues?.Dispose();
        _lowGradients?.Dispose();
    }

    // The model's parameters become views.
    private void Bind()
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter parameter = _parameters[i];
            bool low = parameter.dtype == ScalarType.BFloat16;
            parameter.set_(View(low ? _lowValues! : Values, Offsets[i], parameter.shape)); // there is one where a parameter is of that type
            parameter.grad = View(low ? _lowGradients! : Gradients, Offsets[i], parameter.shape);
        }
    }

    private static Tensor View(Tensor flat, long offset, long[] shape)
    {
        long length = shape.Aggregate(1L, (product, side) => product * side);
        return flat.narrow(0, offset, length).view(shape);
    }
}
