using Sweeper.Training.Models;
using Sweeper.Training.OwnModels.Scripts;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.OwnModels;

/// <summary>A user's module as the engine trains it.</summary>
internal sealed class OwnModelNetwork : ImageModel
{
    private readonly nn.Module<Tensor, Tensor> _network;

    /// <summary>Takes the module over and moves it to its device.</summary>
    /// <exception cref="OwnModelException">Its parameters are not what can be trained.</exception>
    public OwnModelNetwork(string name, ImageShape input, int classes, nn.Module<Tensor, Tensor> network, Device device)
        : base(name, input, classes)
    {
        _network = network;
        register_module("network", network);
        Require(network, Script is null ? CPU : device);
        if (device.type != DeviceType.CPU && Script is null)
        {
            network.to(device);
        }

        foreach (Tensor own in network.parameters().Concat(network.buffers()))
        {
            own.DetachFromDisposeScope();
        }

        train();
    }

    /// <summary>The network where it is of a TorchScript file; null: it is code.</summary>
    public ScriptNetwork? Script => _network as ScriptNetwork;

    private protected override Tensor Logits(Tensor images) => _network.call(images);

    private static void Require(nn.Module<Tensor, Tensor> network, Device built)
    {
        (string Name, Parameter Value)[] all = [.. network.named_parameters().Select(one => (one.name, one.parameter))];
        string? complaint = all switch
        {
            [] => "it has no parameters; modules and parameters that a class keeps in fields are registered by RegisterComponents()",
            _ when all.FirstOrDefault(one => one.Value.dtype != ScalarType.Float32) is { Name: { } name, Value: { } value } => $"parameter {name} is {value.dtype}; all have to be Float32",
            _ when all.FirstOrDefault(one => !one.Value.requires_grad) is { Name: { } name } => $"parameter {name} is frozen (requires_grad is false); every parameter is trained here: register it as a buffer",
            _ when all.FirstOrDefault(one => one.Value.device_type != built.type) is { Name: { } name } => $"parameter {name} was built on a device; build on the CPU, the engine moves the model",
            _ => null,
        };
        complaint ??= network.named_buffers().Where(one => one.buffer.dtype is not (ScalarType.Float32 or ScalarType.Int64))
            .Select(one => $"buffer {one.name} is {one.buffer.dtype}; Float32 and Int64 can be saved").FirstOrDefault();
        if (complaint is not null)
        {
            throw new OwnModelException($"the model cannot be trained: {complaint}");
        }
    }
}
