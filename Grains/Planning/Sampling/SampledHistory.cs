using System.Collections;
using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Recipe;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>
/// Configurations of a sampled search in the order of choice, and what became of each: kept in step trial by trial, so that no choice
/// begins by reading all trials anew. Immutable. As a list it is what a sampler is told, where users put nothing in front of the queue.
/// </summary>
internal sealed class SampledHistory : IReadOnlyList<Observation>, IKnownPoints
{
    private readonly SampledSpace _space;
    private readonly Ranking _ranking;
    private readonly ImmutableDictionary<Configuration, int> _places;
    private readonly ImmutableHashSet<Point> _points;
    private readonly ChunkedList<ChosenConfiguration> _rows;

    private SampledHistory(
        SampledSpace space,
        Ranking ranking,
        ImmutableDictionary<Configuration, int> places,
        ImmutableHashSet<Point> points,
        ChunkedList<ChosenConfiguration> rows,
        int pending,
        int failed)
    {
        _space = space;
        _ranking = ranking;
        _places = places;
        _points = points;
        _rows = rows;
        Pending = pending;
        Failed = failed;
    }

    /// <summary>The space that they are chosen from.</summary>
    public SampledSpace Space => _space;

    /// <summary>Configurations.</summary>
    public int Count => _rows.Count;

    /// <summary>Those without a result yet.</summary>
    public int Pending { get; }

    /// <summary>Those that ended without one.</summary>
    public int Failed { get; }

    /// <summary>Each with its trials, in the order of choice.</summary>
    public IEnumerable<ChosenConfiguration> Rows => _rows;

    /// <inheritdoc />
    public Observation this[int index] => _rows[index].Seen;

    /// <summary>The history of a spec that chooses on its way, before its first choice; null: it does not.</summary>
    public static SampledHistory? Of(SweepSpec spec) => !spec.SuggestsOnItsWay()
        ? null
        : new SampledHistory(
            new SampledSpace(spec),
            spec.Search.Ranking,
            ImmutableDictionary<Configuration, int>.Empty,
            [],
            ChunkedList<ChosenConfiguration>.Empty,
            0,
            0);

    /// <inheritdoc />
    public bool Holds(Point point) => _points.Contains(point);

    /// <summary>Whether there are trials of a configuration.</summary>
    public bool Holds(Configuration at) => _places.ContainsKey(at);

    /// <summary>With a trial that was added to the sweep.</summary>
    public SampledHistory Add(TrialState trial)
    {
        TrialRecord record = trial.Record;
        if (_places.TryGetValue(record.Configuration, out int place))
        {
            ChosenConfiguration row = _rows[place];
            ImmutableArray<TrialRecord> trials = row.Trials.Add(record);
            return Replaced(place, row, trials);
        }

        Point point = _space.Write(record.Configuration, trial.Position);
        ImmutableArray<TrialRecord> first = [record];
        Observation seen = See(point, first);
        return new SampledHistory(
            _space,
            _ranking,
            _places.Add(record.Configuration, _rows.Count),
            _points.Add(point),
            _rows.Add(new ChosenConfiguration(record.Configuration, first, trial.Position, seen)),
            Pending + (seen.IsPending ? 1 : 0),
            Failed + (seen.Failed ? 1 : 0));
    }

    /// <summary>With what became of a trial.</summary>
    public SampledHistory Move(TrialRecord after)
    {
        int place = _places[after.Configuration];
        ChosenConfiguration row = _rows[place];
        return Replaced(place, row, [.. row.Trials.Select(trial => trial.Number == after.Number ? after : trial)]);
    }

    /// <inheritdoc />
    public IEnumerator<Observation> GetEnumerator() => _rows.Select(row => row.Seen).GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What is to be said of a configuration at a point: how good it is on average once all its seeds have ended.</summary>
    public Observation See(Point point, ImmutableArray<TrialRecord> trials)
    {
        bool ended = trials.All(trial => trial.Status is JobStatus.Done or JobStatus.Skipped);
        double[] reached = [.. trials.Where(trial => trial.Score is not null).Select(trial => Wave.Merit(trial, _ranking))];
        return new Observation(point, ended && reached.Length > 0 ? -reached.Average() : null, ended && reached.Length == 0);
    }

    private SampledHistory Replaced(int place, ChosenConfiguration row, ImmutableArray<TrialRecord> trials)
    {
        Observation seen = See(row.Seen.Point, trials);
        seen = seen == row.Seen ? row.Seen : seen;
        return new SampledHistory(
            _space,
            _ranking,
            _places,
            _points,
            _rows.SetItem(place, row with { Trials = trials, Seen = seen }),
            Pending + (seen.IsPending ? 1 : 0) - (row.Seen.IsPending ? 1 : 0),
            Failed + (seen.Failed ? 1 : 0) - (row.Seen.Failed ? 1 : 0));
    }
}

/// <summary>A configuration of a sampled search.</summary>
/// <param name="At">The configuration.</param>
/// <param name="Trials">Its trials in order of their numbers.</param>
/// <param name="Position">Position of the first between the bounds of a range test; null where the spec gives rates.</param>
/// <param name="Seen">What is known of it at its point, had it been chosen from the space.</param>
internal sealed record ChosenConfiguration(Configuration At, ImmutableArray<TrialRecord> Trials, double? Position, Observation Seen);
