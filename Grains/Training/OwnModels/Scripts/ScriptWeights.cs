using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.OwnModels.Scripts;

/// <summary>Draws the weights of a TorchScript network anew, each as PyTorch's layer of that kind does as it comes.</summary>
/// <param name="layers">Kinds of its modules.</param>
/// <param name="generator">Source of randomness, on the CPU.</param>
internal sealed class ScriptWeights(ScriptLayers layers, Generator generator)
{
    private const float Slope = 0.25f;
    private const int ShownNames = 5;

    /// <summary>Draws them, parameter by parameter in the network's order; running statistics start anew.</summary>
    /// <exception cref="OwnModelException">It has parameters that no known layer owns; nothing was drawn.</exception>
    public void Draw((string Name, Parameter Value)[] parameters, (string Name, Tensor Value)[] buffers)
    {
        string[] strange = [.. parameters.Where(one => !IsKnown(layers.OwnerOf(one.Name))).Select(one => $"{one.Name} (of {layers.OwnerOf(one.Name).Kind})")];
        if (strange.Length > 0)
        {
            throw new OwnModelException(
                $"how {NameList.Of(strange, ShownNames)} would be drawn from a seed is not known here: Linear, Conv, ConvTranspose, Embedding, PReLU and the norms of torch.nn are; model.init: from_file begins with the file's weights");
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Dictionary<string, long[]> shapes = parameters.ToDictionary(one => one.Name, one => one.Value.shape);
        foreach ((string name, Parameter value) in parameters)
        {
            Draw(name, value, shapes);
        }

        foreach ((string name, Tensor value) in buffers.Where(one => IsNorm(layers.OwnerOf(one.Name).Kind)))
        {
            using Scalar start = (name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : 0).ToScalar();
            value.fill_(start);
        }
    }

    private static bool IsKnown((string Kind, bool IsLayer) owner) => owner.IsLayer && (IsDense(owner.Kind) || IsNorm(owner.Kind) || owner.Kind is "Embedding" or "PReLU");

    private static bool IsDense(string kind) => kind is "Linear" or "Conv1d" or "Conv2d" or "Conv3d" or "ConvTranspose1d" or "ConvTranspose2d" or "ConvTranspose3d";

    private static bool IsNorm(string kind) => kind.Contains("Norm", StringComparison.Ordinal);

    private void Draw(string name, Parameter value, Dictionary<string, long[]> shapes)
    {
        string kind = layers.OwnerOf(name).Kind;
        bool isBias = name.EndsWith("bias", StringComparison.Ordinal);
        if (IsDense(kind))
        {
            // Kaiming's uniform with a = sqrt(5), PyTorch's default, comes to the bound of the bias: 1 / sqrt(fan in).
            long[] weight = shapes[name[..(name.LastIndexOf('.') + 1)] + "weight"];
            double bound = 1 / Math.Sqrt(weight.Skip(1).Aggregate(1L, (product, side) => product * side));
            value.uniform_(-bound, bound, generator);
        }
        else if (kind == "Embedding")
        {
            value.normal_(0, 1, generator);
        }
        else
        {
            using Scalar start = (kind == "PReLU" ? Slope : isBias ? 0 : 1f).ToScalar();
            value.fill_(start);
        }
    }
}
