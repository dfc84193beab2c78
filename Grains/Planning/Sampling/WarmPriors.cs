using System.Collections.Immutable;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>Results of earlier sweeps, as the samplers of a sweep take them.</summary>
internal sealed class WarmPriors
{
    private readonly ImmutableArray<PriorResult> _results;
    private readonly WarmHistory _history;

    private WarmPriors(ImmutableArray<PriorResult> results, WarmHistory history)
    {
        _results = results;
        _history = history;
    }

    /// <summary>The points to try before any other, and why.</summary>
    public IEnumerable<(Point Point, string Why)> First =>
        _history.First.Select(index => (_history.Priors[index].Point, WarmText.Why("suggested first", _results, index)));

    /// <summary>Those of a sweep; null where it has none.</summary>
    public static WarmPriors? Of(SweepState state, SampledSpace space)
    {
        if (state.Warm is not { Results.IsEmpty: false } warm)
        {
            return null;
        }

        ImmutableArray<(PriorResult Result, Point Point)> inside =
        [
            .. warm.Results
                .Select(result => (result, Point: space.Find(result.Configuration, result.Share / state.Spec.RangeTest.PullBack)))
                .Where(pair => pair.Point is not null)
                .Select(pair => (pair.result, pair.Point!.Value)), // filtered by it
        ];
        return new WarmPriors(
            [.. inside.Select(pair => pair.Result)],
            new WarmHistory(space.Space, [.. inside.Select(pair => new Prior(pair.Point, pair.Result.Standing))]));
    }

    /// <summary>What a sampler is told: earlier results, as far as they still count, before the search's own.</summary>
    public ImmutableArray<Observation> Before(ImmutableArray<Observation> own) => _history.Before(own);
}
