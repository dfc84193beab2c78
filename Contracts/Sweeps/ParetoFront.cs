using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>What a configuration costs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ParetoCost>))]
public enum ParetoCost
{
    /// <summary>Mean wall time of a trial, seconds.</summary>
    Seconds,

    /// <summary>Trainable parameters of the network.</summary>
    Parameters,

    /// <summary>Mean of the most bytes of tensors that a trial's training steps hold at a time, <see cref="RunInfo.MemoryBytes"/>.</summary>
    Memory,
}

/// <summary>A configuration with what it reaches and what it costs.</summary>
/// <param name="Row">The configuration.</param>
/// <param name="Value">Mean of what the sweep ranks by.</param>
/// <param name="Cost">Mean over its trials.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ParetoPoint")]
public sealed record ParetoPoint(LeaderboardRow Row, double Value, double Cost);

/// <summary>The configurations that no other one beats: whatever is cheaper is worse, whatever is better is dearer.</summary>
/// <param name="All">Every configuration that has both numbers, the cheapest first, of equal cost the best first.</param>
/// <param name="Front">Those of them that none beats, the cheapest and so the worst first.</param>
public sealed record ParetoFront(ImmutableArray<ParetoPoint> All, ImmutableArray<ParetoPoint> Front)
{
    /// <summary>The front of a sweep.</summary>
    /// <param name="rows">Its leaderboard.</param>
    /// <param name="trials">Its trials.</param>
    /// <param name="ranking">What it ranks by.</param>
    /// <param name="cost">What is to be spared.</param>
    public static ParetoFront Of(IEnumerable<LeaderboardRow> rows, IEnumerable<TrialRecord> trials, Ranking ranking, ParetoCost cost)
    {
        var runs = trials.Where(trial => trial.Run is not null).ToDictionary(trial => trial.Number, trial => trial.Run!);
        return Of(
            rows.Select(row => (Row: row, Value: row.Value(ranking), Cost: CostOf(row, runs, cost)))
                .Where(one => one is { Value: not null, Cost: not null })
                .Select(one => new ParetoPoint(one.Row, one.Value!.Value, one.Cost!.Value)), // filtered by both
            ranking.By);
    }

    /// <summary>The front of some points.</summary>
    /// <param name="points">Points.</param>
    /// <param name="metric">What their values are of.</param>
    public static ParetoFront Of(IEnumerable<ParetoPoint> points, Metric metric)
    {
        double Merit(ParetoPoint point) => metric.IsMinimised() ? -point.Value : point.Value;
        ImmutableArray<ParetoPoint> all = [.. points.OrderBy(point => point.Cost).ThenByDescending(Merit).ThenBy(point => point.Row.Rank)];
        var front = ImmutableArray.CreateBuilder<ParetoPoint>();
        foreach (ParetoPoint point in all)
        {
            bool better = front.Count == 0 || Merit(point) > Merit(front[^1]);
            bool level = front.Count > 0 && Merit(point).Equals(Merit(front[^1])) && point.Cost.Equals(front[^1].Cost);
            if (better || level)
            {
                front.Add(point);
            }
        }

        return new ParetoFront(all, front.ToImmutable());
    }

    private static double? CostOf(LeaderboardRow row, Dictionary<int, RunInfo> runs, ParetoCost cost)
    {
        RunInfo[] own = [.. row.Trials.Where(runs.ContainsKey).Select(number => runs[number])];
        return own.Length == 0 ? null : cost switch
        {
            ParetoCost.Seconds => own.Average(run => run.Seconds),
            ParetoCost.Memory => own.Any(run => run.MemoryBytes is null) ? null : own.Average(run => run.MemoryBytes),
            _ when own.Any(run => run.Parameters <= 0) => null, // a program of the user's own need not say
            _ => own.Average(run => run.Parameters),
        };
    }
}
