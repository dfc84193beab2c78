using System.Collections.Immutable;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>Why a configuration of an earlier sweep is tried first.</summary>
internal static class WarmText
{
    /// <summary>The reason, for a person.</summary>
    /// <param name="how">What was done with it.</param>
    /// <param name="results">What was taken over.</param>
    /// <param name="index">Which of these.</param>
    public static string Why(string how, ImmutableArray<PriorResult> results, int index)
    {
        PriorResult result = results[index];
        bool best = results.All(other => other.Sweep != result.Sweep || other.Standing <= result.Standing);
        return $"{how} because it was {(best ? "best" : "among the best")} in {result.Words}";
    }
}
