using System.Collections.Immutable;

namespace Sweeper.Training.Saving;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">Its name, such as <c>conv1.weight</c>.</param>
/// <param name="Shape">Its lengths, outermost first; empty: one value.</param>
/// <param name="Data">Its values, little-endian, in the order of the indices.</param>
/// <param name="Type">Type of its values: <see cref="Float32"/>, or <see cref="Int64"/> as counters of layers are.</param>
internal sealed record SafetensorsEntry(string Name, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Data, string Type = SafetensorsEntry.Float32)
{
    /// <summary>Numbers of 32 bits with a point.</summary>
    public const string Float32 = "F32";

    /// <summary>Whole numbers of 64 bits.</summary>
    public const string Int64 = "I64";

    /// <summary>Bytes of a value of a type; null where the type is not read here.</summary>
    public static int? BytesOf(string type) => type switch
    {
        Float32 => sizeof(float),
        Int64 => sizeof(long),
        _ => null,
    };
}
