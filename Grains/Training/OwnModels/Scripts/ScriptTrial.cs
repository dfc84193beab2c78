using Sweeper.Training.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.OwnModels.Scripts;

/// <summary>What has to hold of a TorchScript network beyond what has to hold of any model.</summary>
internal static class ScriptTrial
{
    /// <summary>Checks that nothing but dropout is random: nothing else can be set, or is known of.</summary>
    /// <param name="undropped">The network with dropout at rate 0, in training mode.</param>
    /// <param name="images">Some images.</param>
    /// <exception cref="OwnModelException">Something is.</exception>
    public static void RequireNoDraw(ImageModel undropped, Tensor images)
    {
        Tensor before = random.get_rng_state();
        undropped.forward(images);
        if (!before.equal(random.get_rng_state()).all().ToBoolean())
        {
            throw new OwnModelException("the network draws random numbers in training elsewhere than in its dropout layers, as an LSTM with dropout or rand() does: that cannot be set here; take it out, or give it the rate 0");
        }
    }

    /// <summary>Checks that no parameter shares its values with another: the engine lays each in a place of its own.</summary>
    /// <param name="parameters">Parameters of a network that is not used any more: their values are lost.</param>
    /// <exception cref="OwnModelException">Two of them do.</exception>
    public static void Require(IEnumerable<(string Name, Parameter Value)> parameters)
    {
        using IDisposable noGradient = no_grad();
        (string Name, Parameter Value)[] all = [.. parameters];
        for (int i = 0; i < all.Length; i++)
        {
            using Scalar mark = i.ToScalar();
            all[i].Value.fill_(mark);
        }

        for (int i = 0; i < all.Length; i++)
        {
            if (all[i].Value.numel() > 0 && (int)all[i].Value.max().item<float>() is var found && found != i)
            {
                throw new OwnModelException($"parameters {all[i].Name} and {all[found].Name} share their values, which is lost in training here: give each its own");
            }
        }
    }
}
