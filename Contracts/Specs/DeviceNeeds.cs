using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs;

/// <summary>What a device must be for a sweep's jobs.</summary>
/// <param name="Labels">Labels that it must have, in order and apart by spaces, such as <c>bf16 cuda</c>; empty: none.</param>
/// <param name="MemoryGiB">Least memory of the device in GiB (2^30 bytes); greater than 0; null: any.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.DeviceNeeds")]
public sealed record DeviceNeeds(string Labels = "", double? MemoryGiB = null)
{
    private const double Gibi = 1L << 30;

    /// <summary>Whether a device will do.</summary>
    /// <param name="labels">Its labels.</param>
    /// <param name="memoryBytes">Its memory.</param>
    public bool AreMetBy(ImmutableArray<string> labels, long memoryBytes) =>
        Split().All(label => !labels.IsDefault && labels.Contains(label)) && !(memoryBytes < MemoryGiB * Gibi);

    /// <summary>The needs in words, such as <c>cuda, bf16 and 24 GiB</c>.</summary>
    public string Words => string.Join(
        " and ",
        new[] { string.Join(", ", Split()), MemoryGiB is { } memory ? FormattableString.Invariant($"{memory:0.##} GiB") : "" }.Where(part => part.Length > 0));

    private string[] Split() => Labels.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
