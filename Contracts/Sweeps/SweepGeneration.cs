namespace Sweeper.Contracts.Sweeps;

/// <summary>What a sweep with a changed spec is a further generation of.</summary>
/// <param name="Of">Name of the first generation.</param>
/// <param name="Number">Which generation, from 2.</param>
/// <param name="Changes">What differs from the generation before, in words.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SweepGeneration")]
public sealed record SweepGeneration(string Of, int Number, string Changes);
