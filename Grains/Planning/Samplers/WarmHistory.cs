using System.Collections.Immutable;
using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Results of earlier searches beside a search's own: what its sampler is told. They help at the beginning and are never an
/// authority, so that those that mislead cost a few trials. The rule and its numbers are ours; docs/warm-start.md has them with
/// a study. Pure.
/// </summary>
internal sealed class WarmHistory
{
    /// <summary>Points of earlier searches that are tried before any other, at most.</summary>
    public const int MostFirst = 3;

    /// <summary>Results of its own after which a search is told of no others.</summary>
    public const int Fades = 12;

    /// <summary>One suggestion in so many is made without the earlier results, whatever they say.</summary>
    public const int ColdEvery = 3;

    /// <summary>Results of its own from which on the earlier ones must agree with them.</summary>
    public const int FewestCompared = 5;

    /// <summary>Least distance of the first points, in the dimension in which they differ most, over its length.</summary>
    private const double LeastDistance = 0.1;

    /// <summary>Added to a squared distance in the unit cube before its inverse is taken.</summary>
    private const double Nearness = 1e-6;

    private readonly SampleSpace _space;
    private readonly ImmutableArray<double[]> _units;
    private readonly ImmutableArray<int> _ranked;

    /// <summary>Earlier results in a space.</summary>
    /// <param name="space">Space.</param>
    /// <param name="priors">Earlier results; equals rank in this order.</param>
    public WarmHistory(SampleSpace space, ImmutableArray<Prior> priors)
    {
        _space = space;
        Priors = priors;
        _units = [.. priors.Select(prior => space.UnitOf(prior.Point))];
        _ranked = [.. Enumerable.Range(0, priors.Length).OrderByDescending(index => priors[index].Standing)];
        First = Apart();
    }

    /// <summary>The earlier results.</summary>
    public ImmutableArray<Prior> Priors { get; }

    /// <summary>Those whose points are tried before any other, the best first: the best that differ clearly.</summary>
    public ImmutableArray<int> First { get; }

    /// <summary>What a sampler is told: earlier results, as far as they still count, before the search's own.</summary>
    /// <param name="own">Points of the search in the order of suggestion, pending and failed ones included.</param>
    public ImmutableArray<Observation> Before(ImmutableArray<Observation> own)
    {
        int ended = own.Count(observation => !observation.IsPending);
        if (Priors.IsEmpty || ended >= Fades || own.Length % ColdEvery == ColdEvery - 1)
        {
            return own;
        }

        ImmutableArray<Observation> results = [.. own.Where(observation => !observation.IsPending && double.IsFinite(observation.Loss))];
        double[] expected = [.. results.Select(result => StandingAt(_space.UnitOf(result.Point)))];
        double[] reached = [.. results.Select(result => -result.Loss)];
        if (reached.Length >= FewestCompared && RankCorrelation.Of(expected, reached) <= 0)
        {
            return own; // what was good elsewhere is not good here
        }

        var scale = Scale.Of(expected, reached);
        HashSet<Point> tried = [.. own.Select(observation => observation.Point)];
        int kept = (int)Math.Ceiling(Priors.Length * (1 - (ended / (double)Fades)));
        return
        [
            .. Spread(kept)
                .Select(index => Priors[index])
                .Where(prior => !tried.Contains(prior.Point)) // there is a result of its own
                .Select(prior => new Observation(prior.Point, -scale.At(prior.Standing), Failed: false)),
            .. own,
        ];
    }

    private ImmutableArray<int> Apart()
    {
        var first = ImmutableArray.CreateBuilder<int>();
        foreach (int index in _ranked.TakeWhile(_ => first.Count < MostFirst))
        {
            if (first.All(other => _units[other].Zip(_units[index], Gap).Max(Math.Abs) >= LeastDistance))
            {
                first.Add(index);
            }
        }

        return first.ToImmutable();
    }

    /// <summary>So many of the earlier results, evenly over their ranks, the best and the worst among them.</summary>
    private IEnumerable<int> Spread(int count) => Enumerable.Range(0, count)
        .Select(place => _ranked[count == 1 ? 0 : (int)Math.Round(place * (_ranked.Length - 1.0) / (count - 1))])
        .Distinct();

    /// <summary>What the earlier results say of a place: their mean, weighted by the inverse of the squared distance (Shepard, 1968).</summary>
    private double StandingAt(double[] unit)
    {
        double[] weights = [.. _units.Select(other => 1 / (unit.Zip(other, Gap).Sum(gap => gap * gap) + Nearness))];
        return weights.Zip(Priors, (weight, prior) => weight * prior.Standing).Sum() / weights.Sum();
    }

    private static double Gap(double one, double other) => (double.IsNaN(one), double.IsNaN(other)) switch
    {
        (true, true) => 0,
        (false, false) => one - other,
        _ => 1, // active in one of them only
    };

    /// <summary>From the standing of earlier results to this search's own values.</summary>
    /// <param name="Centre">Value of standing 0.</param>
    /// <param name="Unit">Value of one standard deviation.</param>
    /// <param name="Most">Best value of the search's own; none of the others counts for more.</param>
    private readonly record struct Scale(double Centre, double Unit, double Most)
    {
        /// <summary>The scale on which the search's own results, on average, are what was expected of their places.</summary>
        public static Scale Of(double[] expected, double[] reached)
        {
            if (reached.Length == 0)
            {
                return new Scale(0, 1, double.PositiveInfinity);
            }

            double mean = reached.Average();
            double deviation = Math.Sqrt(reached.Average(value => (value - mean) * (value - mean)));
            double unit = deviation > 0 ? deviation : Math.Max(Math.Abs(mean), 1) * 1e-9; // all the same: keeps the order
            return new Scale(mean - (unit * expected.Average()), unit, reached.Max());
        }

        public double At(double standing) => Math.Min(Centre + (Unit * standing), Most);
    }
}
