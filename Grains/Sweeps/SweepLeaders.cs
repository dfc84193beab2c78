using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>Leaderboard of a state, made anew only when another trial has completed.</summary>
/// <param name="Completed">Trials completed when it was made.</param>
/// <param name="Rows">Rows, best first.</param>
/// <param name="Best">Accuracy that ranks the first row; null before the first.</param>
internal sealed record SweepLeaders(int Completed, ImmutableArray<LeaderboardRow> Rows, double? Best)
{
    /// <summary>Before the first trial.</summary>
    public static SweepLeaders None { get; } = new(0, [], null);

    /// <summary>Leaderboard of <paramref name="state"/>; this very one where it is still true.</summary>
    public SweepLeaders Of(SweepState state)
    {
        if (state.Counts.Completed == Completed)
        {
            return this;
        }

        SelectionSet selectBy = state.Spec.Search.SelectBy;
        ImmutableArray<LeaderboardRow> rows = Leaderboard.Of(state.Trials.Select(trial => trial.Record), selectBy);
        double? best = rows.IsEmpty
            ? null
            : selectBy == SelectionSet.Test ? rows[0].TestAccuracy : rows[0].ValidationAccuracy ?? rows[0].TestAccuracy;
        return new SweepLeaders(state.Counts.Completed, rows, best);
    }
}
