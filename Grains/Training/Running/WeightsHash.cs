using System.Security.Cryptography;
using Sweeper.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>One number for a whole model: equal exactly where every parameter and buffer is, bit for bit.</summary>
internal static class WeightsHash
{
    /// <summary>SHA-256 (hex) of parameters and buffers, in the model's order.</summary>
    public static string Of(ImageModel model)
    {
        using DisposeScope scope = NewDisposeScope();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Tensor tensor in model.parameters().Concat(model.buffers()))
        {
            hash.AppendData(TensorBytes.Save(tensor));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
