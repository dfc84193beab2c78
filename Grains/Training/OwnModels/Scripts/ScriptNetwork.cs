using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.OwnModels.Scripts;

/// <summary>
/// A loaded TorchScript network. Its dropout draws from torch's own generator, which trials share: under a lock it stands on a seed of
/// the trial's own generator for as long as a forward pass draws, so that a trial's masks are the same alone and beside others.
/// </summary>
internal sealed class ScriptNetwork : nn.Module<Tensor, Tensor>
{
    // In a box: TorchSharp registers modules that lie in fields, and ends one that is registered more than once, which it does not survive.
    private readonly StrongBox<jit.ScriptModule<Tensor, Tensor>> _module;
    private readonly byte[] _content;
    private readonly double _rate;
    private readonly Generator _masks;

    /// <summary>Takes a module over.</summary>
    /// <param name="module">The module.</param>
    /// <param name="content">File to save it as: that which it was loaded from, its dropout set.</param>
    /// <param name="rate">Its dropout rate.</param>
    /// <param name="masks">Source of the seeds.</param>
    public ScriptNetwork(jit.ScriptModule<Tensor, Tensor> module, byte[] content, double rate, Generator masks)
        : base(nameof(ScriptNetwork))
    {
        _module = new StrongBox<jit.ScriptModule<Tensor, Tensor>>(module);
        _content = content;
        _rate = rate;
        _masks = masks;
        foreach ((string name, Parameter parameter) in module.named_parameters())
        {
            register_parameter(name, parameter);
        }

        foreach ((string name, Tensor buffer) in module.named_buffers())
        {
            register_buffer(name, buffer);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (_rate == 0 || !training)
        {
            return Module.call(input);
        }

        long seed = Seed();
        lock (OwnModel.GlobalGenerator)
        {
            using Tensor before = random.get_rng_state();
            try
            {
                manual_seed(seed);
                return Module.call(input);
            }
            finally
            {
                random.set_rng_state(before);
            }
        }
    }

    /// <inheritdoc/>
    public override void train(bool on = true)
    {
        base.train(on);
        Module.train(on);
    }

    /// <summary>Writes it as TorchScript, in evaluation mode, with the weights that it has now.</summary>
    /// <param name="path">New file.</param>
    public void Save(string path)
    {
        // A fresh copy: the trained parameters are views into one tensor, and each would bring all of it along.
        using DisposeScope scope = NewDisposeScope();
        using jit.ScriptModule<Tensor, Tensor> copy = ScriptBuilder.Load(path, _content, CPU);
        Copy(Module, copy);
        copy.eval();
        jit.save(copy, path);
    }

    /// <summary>Gives a network the values of another of the same file.</summary>
    public static void Copy(jit.ScriptModule<Tensor, Tensor> from, jit.ScriptModule<Tensor, Tensor> to)
    {
        using IDisposable noGradient = no_grad();
        foreach ((Tensor target, Tensor source) in Values(to).Zip(Values(from)))
        {
            target.copy_(source);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Module.Dispose();
        }

        base.Dispose(disposing);
    }

    private jit.ScriptModule<Tensor, Tensor> Module => _module.Value!; // it has had one from the start

    private static IEnumerable<Tensor> Values(jit.ScriptModule<Tensor, Tensor> module) => module.parameters().Concat(module.buffers());

    private long Seed()
    {
        using DisposeScope scope = NewDisposeScope();
        return randint(int.MaxValue, [1], ScalarType.Int64, _masks.device, generator: _masks).cpu().data<long>()[0];
    }
}
