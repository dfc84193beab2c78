namespace Sweeper.Contracts.Workers;

/// <summary>A part of a trained network's file.</summary>
/// <param name="Length">Bytes of the whole file.</param>
/// <param name="Bytes">Those from where one asked; empty: there are none left.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ModelPart")]
public sealed record ModelPart(long Length, byte[] Bytes);
