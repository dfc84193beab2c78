namespace Sweeper.Contracts.Jobs;

/// <summary>A range test that is run once more, over another ramp.</summary>
/// <param name="Of">Number of the range test that it repeats.</param>
/// <param name="To">Last learning rate of its ramp; greater than 0, at most the spec's.</param>
/// <param name="Why">Which rule asked for it, and on what data, for a person.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.RangeTestRepeat")]
public sealed record RangeTestRepeat(int Of, double To, string Why);
