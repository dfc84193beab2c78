using System.Collections.Immutable;

namespace Sweeper.Grains.Analysis.Racing;

/// <summary>What to do after a look at a race.</summary>
internal abstract record RaceDecision
{
    private RaceDecision()
    {
    }

    /// <summary>The best leader is separated from all others: the race is over.</summary>
    /// <param name="Winner">Id of the best.</param>
    /// <param name="RunnerUp">Id of the second; null where every other had dropped out before.</param>
    /// <param name="PValue">p-value of the two, not corrected; 0 without a runner-up.</param>
    internal sealed record Separated(int Winner, int? RunnerUp, double PValue) : RaceDecision;

    /// <summary>Another replicate of each of these, then another look. The others are behind and stay out.</summary>
    /// <param name="Leaders">Ids, best first; at least two.</param>
    /// <param name="Looked">Whether this was a look that counts, because there were enough shared seeds.</param>
    internal sealed record GoOn(ImmutableArray<int> Leaders, bool Looked) : RaceDecision;

    /// <summary>The cap is met, and these cannot be told apart: the leaderboard says that they are tied.</summary>
    /// <param name="Tied">Ids, best first; at least two.</param>
    internal sealed record CapReached(ImmutableArray<int> Tied) : RaceDecision;
}
