using System.Runtime.InteropServices;
using Sweeper.Plugins;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.OwnModels.Scripts;

/// <summary>A TorchScript file as a model of the user's own. It declares no hyperparameters: its dropout is the search's axis.</summary>
/// <param name="archive">The file.</param>
/// <param name="keepsWeights">Whether training begins with the file's weights.</param>
internal sealed class ScriptBuilder(ScriptArchive archive, bool keepsWeights) : IModelBuilder
{
    private const int FewImages = 2; // batch norm needs more than one

    /// <summary>Where its parameters are to be; drawn on the CPU, whatever it is.</summary>
    public Device Device { get; set; } = CPU;

    /// <inheritdoc/>
    public IReadOnlyList<Hyperparameter> Hyperparameters => [];

    /// <inheritdoc/>
    public nn.Module<Tensor, Tensor> Build(ModelPlan plan)
    {
        Require(plan.DropoutRate);
        byte[] content = plan.DropoutRate > 0 ? archive.WithDropout(plan.DropoutRate) : archive.WithoutDropout();
        jit.ScriptModule<Tensor, Tensor> module = Load(archive.Path, content, CPU);
        module.train();
        if (!keepsWeights)
        {
            new ScriptWeights(archive.Layers, plan.Weights).Draw(
                [.. module.named_parameters().Select(one => (one.name, one.parameter))], [.. module.named_buffers().Select(one => (one.name, one.buffer))]);
        }

        if (Device.type != DeviceType.CPU)
        {
            module = OnDevice(module, content);
        }

        Optimise(module, plan);
        return new ScriptNetwork(module, archive.WithDropout(plan.DropoutRate), plan.DropoutRate, plan.Masks);
    }

    /// <summary>Loads the content of a file.</summary>
    /// <exception cref="OwnModelException">torch refuses it.</exception>
    public static jit.ScriptModule<Tensor, Tensor> Load(string path, byte[] content, Device device)
    {
        try
        {
            return jit.load<Tensor, Tensor>(content, device);
        }
        catch (ExternalException error)
        {
            throw new OwnModelException($"torch cannot load {path}: {error.Message.Split('\n', 2)[0].Trim()}", error);
        }
    }

    /// <summary>The same network on the device; the first one ends.</summary>
    private jit.ScriptModule<Tensor, Tensor> OnDevice(jit.ScriptModule<Tensor, Tensor> module, byte[] content)
    {
        jit.ScriptModule<Tensor, Tensor> moved = Load(archive.Path, content, Device);
        moved.train();
        ScriptNetwork.Copy(module, moved);
        module.Dispose();
        return moved;
    }

    /// <summary>
    /// Lets torch see the network work once, after which it has optimised the code. What it computes then is rounded otherwise here and
    /// there, in dropout for one: a run that goes on from a checkpoint would differ in its first step from one that was never interrupted.
    /// </summary>
    private void Optimise(jit.ScriptModule<Tensor, Tensor> module, ModelPlan plan)
    {
        Tensor[] buffers = [.. module.buffers()]; // running statistics
        Tensor[] before = [.. buffers.Select(buffer => buffer.clone())];
        using Tensor images = zeros(FewImages, plan.Channels, plan.Height, plan.Width, device: Device);
        module.call(images).Dispose(); // seen
        module.call(images).Dispose(); // optimised

        using IDisposable noGradient = no_grad();
        foreach ((Tensor buffer, Tensor value) in buffers.Zip(before))
        {
            buffer.copy_(value);
            value.Dispose();
        }
    }

    private void Require(double rate)
    {
        if (archive.Calls.FirstOrDefault(call => call.IsFixed) is { } traced)
        {
            throw new OwnModelException(
                $"{archive.Path} says {traced.Training} where {traced.Operator} asks whether the network trains, as a traced network does; torch.jit.script(model) in place of torch.jit.trace keeps both");
        }

        if (rate > 0 && !archive.Calls.Any(call => call.IsDropout))
        {
            throw new OwnModelException($"{archive.Path} has no dropout to set: search.space.dropout: 0 is right for it, or a file whose network has nn.Dropout layers");
        }
    }
}
