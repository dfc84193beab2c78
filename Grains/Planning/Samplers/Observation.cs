namespace Sweeper.Grains.Planning.Samplers;

/// <summary>A point that was suggested, and what became of it.</summary>
/// <param name="Point">The point.</param>
/// <param name="Value">What is minimised; null while the point is pending, and where it failed. One that is not finite counts as failed.</param>
/// <param name="Failed">Whether it ended without a value (diverged, ran out of memory). Samplers take that as worse than any value.</param>
internal sealed record Observation(Point Point, double? Value, bool Failed)
{
    /// <summary>Whether nothing is known yet.</summary>
    public bool IsPending => Value is null && !Failed;

    /// <summary>What is minimised: infinite for a failure. Of no meaning while pending.</summary>
    public double Loss => !Failed && Value is { } value && double.IsFinite(value) ? value : double.PositiveInfinity;
}
