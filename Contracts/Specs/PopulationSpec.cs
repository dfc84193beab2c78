namespace Sweeper.Contracts.Specs;

/// <summary>Size of population-based training.</summary>
/// <param name="Members">Networks that are trained side by side; at least 4.</param>
/// <param name="Generations">Whole runs that each of them goes through, one after another; at least 2.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.PopulationSpec")]
public sealed record PopulationSpec(int Members, int Generations)
{
    /// <summary>Where a spec is silent.</summary>
    public static PopulationSpec Default { get; } = new(8, 4);
}
