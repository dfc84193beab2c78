using System.Buffers.Binary;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>
/// A generator's state as bytes, for checkpoints. The native library ends the process on a state that it does not accept;
/// so what it would refuse is refused here first.
/// </summary>
internal static class GeneratorState
{
    // at::CPUGeneratorImplStateLegacy: seed (8 bytes), numbers left (4), whether seeded (4), next (8), state[624] (8 each), ...
    private const int LeftOffset = 8;
    private const int SeededOffset = 12;
    private const int NextOffset = 16;
    private const int TwisterWords = 624;

    // CUDA's Philox: seed (8 bytes), offset (8), a multiple of 4.
    private const int PhiloxOffset = 8;

    /// <summary>Copies the state out.</summary>
    public static byte[] Save(Generator generator)
    {
        using DisposeScope scope = NewDisposeScope();
        return generator.get_state().bytes.ToArray();
    }

    /// <summary>Puts a saved state back.</summary>
    /// <exception cref="ArgumentException">The bytes are no state of such a generator.</exception>
    public static void Restore(Generator generator, byte[] state)
    {
        if (!IsStateOf(generator, state))
        {
            throw new ArgumentException($"these {state.Length} bytes are no state of a generator on {generator.device}", nameof(state));
        }

        using DisposeScope scope = NewDisposeScope();
        generator.set_state(tensor(state, ScalarType.Byte, CPU));
    }

    /// <summary>Whether <see cref="Restore"/> would take the bytes.</summary>
    public static bool IsStateOf(Generator generator, byte[] state)
    {
        if (state.Length != Save(generator).Length)
        {
            return false;
        }

        if (generator.device.type != DeviceType.CPU)
        {
            return BinaryPrimitives.ReadInt64LittleEndian(state.AsSpan(PhiloxOffset)) % 4 == 0;
        }

        int left = BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(LeftOffset));
        int seeded = BinaryPrimitives.ReadInt32LittleEndian(state.AsSpan(SeededOffset));
        ulong next = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(NextOffset));
        return seeded != 0 && left is > 0 and <= TwisterWords && next <= TwisterWords;
    }
}
