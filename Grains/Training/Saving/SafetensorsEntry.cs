using System.Collections.Immutable;

namespace Sweeper.Training.Saving;

/// <summary>A float32 tensor in a safetensors file.</summary>
/// <param name="Name">Its name, such as <c>conv1.weight</c>.</param>
/// <param name="Shape">Its lengths, outermost first; empty: one value.</param>
/// <param name="Data">Its values, little-endian, in the order of the indices.</param>
internal sealed record SafetensorsEntry(string Name, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Data);
