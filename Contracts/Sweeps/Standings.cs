using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>
/// The rows of <see cref="Leaderboard.Of"/>, kept in step trial by trial: another result costs the logarithm of the number of rows,
/// however many there are. Immutable.
/// </summary>
public sealed class Standings
{
    private readonly ImmutableDictionary<Leaderboard.Entry, Place> _places;
    private readonly ImmutableSortedSet<LeaderboardRow> _rows;
    private readonly Ranking _ranking;
    private readonly int _unplanned;

    private Standings(Ranking ranking, ImmutableDictionary<Leaderboard.Entry, Place> places, ImmutableSortedSet<LeaderboardRow> rows, int unplanned)
    {
        _ranking = ranking;
        _places = places;
        _rows = rows;
        _unplanned = unplanned;
    }

    /// <summary>Rows.</summary>
    public int Count => _rows.Count;

    /// <summary>Accuracy of the first row, on the images that rank it; null where there is none.</summary>
    public double? Best => _rows.IsEmpty ? null : Leaderboard.Accuracy(_rows[0], _ranking.Set);

    /// <summary>No trial yet.</summary>
    /// <param name="ranking">What ranks; falls back to the test set where there is no validation split.</param>
    public static Standings Empty(Ranking ranking) => new(
        ranking,
        ImmutableDictionary<Leaderboard.Entry, Place>.Empty,
        ImmutableSortedSet<LeaderboardRow>.Empty.WithComparer(new Leaderboard.RowOrder(ranking)),
        0);

    /// <summary>The first rows, best first.</summary>
    /// <param name="most">How many at most.</param>
    public ImmutableArray<LeaderboardRow> Top(int most) => [.. _rows.Take(most).Select((row, index) => row with { Rank = index + 1 })];

    /// <summary>With what became of a trial.</summary>
    /// <param name="before">The trial before; null: it is new.</param>
    /// <param name="after">The trial after.</param>
    public Standings With(TrialRecord? before, TrialRecord after)
    {
        ArgumentNullException.ThrowIfNull(after);
        Standings next = before is not null && Leaderboard.IsRanked(before) ? Moved(before, -1) : this;
        return Leaderboard.IsRanked(after) ? next.Moved(after, 1) : next;
    }

    /// <summary>With one trial more or less. Whether every trial has a plan decides what a row is, so where that turns all are placed anew.</summary>
    private Standings Moved(TrialRecord trial, int by)
    {
        int unplanned = _unplanned + (trial.Plan is null ? by : 0);
        return (unplanned == 0) == (_unplanned == 0)
            ? Placed(trial, by, unplanned)
            : _places.Values.SelectMany(place => place.Trials).Aggregate(
                new Standings(_ranking, _places.Clear(), _rows.Clear(), unplanned), (all, one) => all.Placed(one, 1, unplanned)).Placed(trial, by, unplanned);
    }

    private Standings Placed(TrialRecord trial, int by, int unplanned)
    {
        bool planned = unplanned == 0;
        var entry = Leaderboard.Entry.Of(trial, planned);
        Place? old = _places.GetValueOrDefault(entry);
        ImmutableArray<TrialRecord> rest = [.. (old?.Trials ?? []).Where(other => other.Number != trial.Number)];
        ImmutableArray<TrialRecord> trials = by > 0 ? [.. rest.Append(trial).OrderBy(other => other.Number)] : rest;
        ImmutableSortedSet<LeaderboardRow> rows = old is null ? _rows : _rows.Remove(old.Row);
        if (trials.IsEmpty)
        {
            return new Standings(_ranking, _places.Remove(entry), rows, unplanned);
        }

        LeaderboardRow row = Leaderboard.Row(trials, planned);
        return new Standings(_ranking, _places.SetItem(entry, new Place(trials, row)), rows.Add(row), unplanned);
    }

    private sealed record Place(ImmutableArray<TrialRecord> Trials, LeaderboardRow Row);
}
