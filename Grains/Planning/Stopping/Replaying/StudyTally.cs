namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>Adds up the replays of a <see cref="ReplayStudy"/>.</summary>
internal sealed class StudyTally
{
    /// <summary>Regret in accuracy up to which a find counts as good as the winner.</summary>
    public const double Near = 0.005;

    private readonly List<string> _order = [];
    private readonly Dictionary<string, List<(bool Kept, double Regret, double Cost, double Time)>> _replays = [];
    private readonly List<RungCorrelation> _correlations = [];
    private FalseStopRate _audited;
    private FalseStopRate _stopped;

    /// <summary>One replay of one policy.</summary>
    /// <param name="policy">Its name.</param>
    /// <param name="pool">Configurations of the replay.</param>
    /// <param name="result">What it came to.</param>
    public void Add(string policy, IReadOnlyList<RecordedTrial> pool, ReplayResult result)
    {
        if (!_replays.TryGetValue(policy, out var replays))
        {
            _order.Add(policy);
            _replays.Add(policy, replays = []);
        }

        RecordedTrial winner = pool.OrderByDescending(trial => trial.Final ?? -1).ThenBy(trial => trial.Number).First();
        double best = winner.Final ?? 0;
        replays.Add((result.Completed.Contains(winner.Number), best - (result.Found ?? 0), result.Cost, result.Time));
    }

    /// <summary>What the audits of a replay found, and what is true of the stops because the recording goes on.</summary>
    public void AddStops(IReadOnlyList<RecordedTrial> pool, SamePhasePolicy policy)
    {
        _audited = new FalseStopRate(_audited.Wrong + policy.FalseStops.Wrong, _audited.Audited + policy.FalseStops.Audited);
        foreach ((int number, PhaseEvidence evidence) in policy.Stopped)
        {
            _stopped = _stopped.Add(evidence.Incumbent, pool[number - 1].Final);
        }
    }

    /// <summary>The correlations that a replay ended with.</summary>
    public void AddCorrelations(RungTable table) => _correlations.AddRange(table.Correlations);

    /// <summary>The sums.</summary>
    public StudyResult Result() => new(
        [.. _order.Select(policy => Row(policy, _replays[policy]))],
        _audited,
        _stopped,
        [.. _correlations.GroupBy(correlation => correlation.Lower).OrderBy(rung => rung.Key).Select(Summary)]);

    private static StudyRow Row(string policy, List<(bool Kept, double Regret, double Cost, double Time)> replays)
    {
        double[] regrets = [.. replays.Select(replay => replay.Regret).Order()];
        return new StudyRow(
            policy,
            replays.Count,
            replays.Count(replay => replay.Kept),
            regrets.Count(regret => regret <= Near),
            regrets.Average(),
            regrets[(int)(0.95 * (regrets.Length - 1))],
            replays.Average(replay => replay.Cost),
            replays.Average(replay => replay.Time));
    }

    private static StudyCorrelation Summary(IGrouping<int, RungCorrelation> rung) => new(
        rung.Key,
        rung.Average(correlation => correlation.Rho),
        rung.Average(correlation => correlation.LowerBound),
        rung.Count(correlation => correlation.Pairs >= CycleHyperbandSettings.DefaultLeastPairs),
        rung.Count(correlation => !correlation.HalvingOn),
        rung.Count());
}
