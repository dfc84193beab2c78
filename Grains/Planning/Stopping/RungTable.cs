using System.Collections.Immutable;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Finished cycles by rung, each rung in order of merit, with the correlations between neighbouring rungs. Immutable, and a
/// function of the set of results: the order in which they were added leaves no trace.
/// </summary>
internal sealed class RungTable
{
    private readonly ImmutableArray<ImmutableSortedSet<RungResult>> _rungs;
    private readonly ImmutableArray<Lazy<RungCorrelation>> _correlations;
    private readonly Lazy<RungCut> _cut;

    private RungTable(CycleHyperbandSettings settings, ImmutableArray<ImmutableSortedSet<RungResult>> rungs, Func<int, Lazy<RungCorrelation>?> known)
    {
        Settings = settings;
        _rungs = rungs;
        _cut = new Lazy<RungCut>(() => RungCut.Of(this));
        _correlations =
        [
            .. Enumerable.Range(0, settings.TopRung)
                .Select(lower => known(lower) ?? new Lazy<RungCorrelation>(() => RungCorrelation.Of(this, lower))),
        ];
    }

    /// <summary>Settings that it is ranked under.</summary>
    public CycleHyperbandSettings Settings { get; }

    /// <summary>Correlation between each rung and the next, from the lowest.</summary>
    public IEnumerable<RungCorrelation> Correlations => _correlations.Select(correlation => correlation.Value);

    /// <summary>Where short cycles are cut with <see cref="RungKeep.Hopeful"/>.</summary>
    public RungCut Cut => _cut.Value;

    /// <summary>No result yet.</summary>
    public static RungTable Empty(CycleHyperbandSettings settings) =>
        new(settings, [.. Enumerable.Repeat(ImmutableSortedSet<RungResult>.Empty, settings.TopRung + 1)], _ => null);

    /// <summary>Results of a rung, best first.</summary>
    public ImmutableSortedSet<RungResult> Rung(int rung) => _rungs[rung];

    /// <summary>Correlation between a rung and the next.</summary>
    /// <param name="lower">The lower of the two; less than the top rung.</param>
    public RungCorrelation Correlation(int lower) => _correlations[lower].Value;

    /// <summary>With one more result.</summary>
    public RungTable Add(RungResult result)
    {
        ImmutableArray<ImmutableSortedSet<RungResult>> rungs =
            _rungs.SetItem(result.Job.Rung, _rungs[result.Job.Rung].Add(result));

        // Other results never enter a correlation: keeping it saves a bootstrap.
        bool enters = Settings.Keep == RungKeep.Hopeful || Settings.ClimbsWhole(result.Job.Configuration);
        return new RungTable(
            Settings,
            rungs,
            lower => enters && (lower == result.Job.Rung || lower + 1 == result.Job.Rung) ? null : _correlations[lower]);
    }

    /// <summary>
    /// Lowest rung from which halving is on, where new configurations start: a cycle whose rank says nothing about the next
    /// rung is not worth running.
    /// </summary>
    public int FirstRung()
    {
        int rung = 0;
        while (rung < Settings.TopRung && !Correlation(rung).HalvingOn)
        {
            rung++;
        }

        return rung;
    }
}
