using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>A generator's state as bytes, for checkpoints.</summary>
internal static class GeneratorState
{
    /// <summary>Copies the state out.</summary>
    public static byte[] Save(Generator generator)
    {
        using DisposeScope scope = NewDisposeScope();
        return generator.get_state().bytes.ToArray();
    }

    /// <summary>Puts a saved state back.</summary>
    public static void Restore(Generator generator, byte[] state)
    {
        using DisposeScope scope = NewDisposeScope();
        generator.set_state(tensor(state, ScalarType.Byte, CPU));
    }
}
