namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>Many replays over one recording: each draws some of its configurations in a random order and searches them under every policy.</summary>
internal sealed record ReplayStudy
{
    /// <summary>Name of the default rule.</summary>
    public const string Hopeful = "keep hopeful (auto)";

    /// <summary>Name of what it is held against.</summary>
    public const string FewerThanHopeful = "fewer, at the cost of keep hopeful";

    /// <summary>Name of halving.</summary>
    public const string Best = "keep best";

    /// <summary>Name of what that is held against.</summary>
    public const string FewerThanBest = "fewer, at the cost of keep best";

    /// <summary>Replays; at least 1.</summary>
    public int Replays { get; init; } = 300;

    /// <summary>Configurations in each; at most as many as were recorded.</summary>
    public int Configurations { get; init; } = 60;

    /// <summary>Workers.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Fraction of the cycle at the peak of the learning rate in the recording.</summary>
    public double Peak { get; init; } = 0.25;

    /// <summary>Runs it.</summary>
    /// <param name="recording">Configurations at every length of the cycle.</param>
    public StudyResult Run(IReadOnlyList<RecordedTrial> recording)
    {
        int top = recording[0].Cycles.Length - 1;
        CycleHyperbandSettings settings = Settings(recording);
        var tally = new StudyTally();
        foreach ((RecordedTrial[] pool, int seed) in Pools(recording))
        {
            int count = pool.Length;
            var phases = new SamePhasePolicy(top, count, new SamePhaseSettings { Seed = seed }, Peak);
            var best = new CycleHyperbandPolicy(settings with { Seed = seed }, count);
            ReplayResult all = Add("none", new EachOncePolicy(top, count));
            Add("median, mid-cycle", new MedianPolicy(top, count, new MedianRule()));
            Add("ASHA, mid-cycle", new AshaPolicy(top, count, new Asha(settings.Eta, settings.ShortestFraction)));
            Add("same phase", phases);
            ReplayResult halved = Add(Best, best);
            Add(FewerThanBest, Fewer(top, count, halved.Cost / all.Cost));
            Add("keep best, switched from 5 pairs", new CycleHyperbandPolicy(settings with { Seed = seed, LeastPairs = 5 }, count));
            ReplayResult cut = Add(Hopeful, new HopefulPolicy(settings, count, top));
            Add(FewerThanHopeful, Fewer(top, count, cut.Cost / all.Cost));
            Add("keep hopeful, good: the best third", new HopefulPolicy(settings with { GoodShare = 1.0 / 3 }, count, top));
            tally.AddStops(pool, phases);
            tally.AddCorrelations(best.Table);

            ReplayResult Add(string name, IReplayPolicy policy) => Played(tally, name, pool, policy, seed);
        }

        return tally.Result();
    }

    /// <summary>Runs the default rule alone, beside all and fewer whole trainings.</summary>
    /// <param name="recording">Configurations at every length of the cycle.</param>
    public StudyResult RunHopeful(IReadOnlyList<RecordedTrial> recording)
    {
        int top = recording[0].Cycles.Length - 1;
        var tally = new StudyTally();
        foreach ((RecordedTrial[] pool, int seed) in Pools(recording))
        {
            ReplayResult all = Played(tally, "none", pool, new EachOncePolicy(top, pool.Length), seed);
            ReplayResult cut = Played(tally, Hopeful, pool, new HopefulPolicy(Settings(recording), pool.Length, top), seed);
            Played(tally, FewerThanHopeful, pool, Fewer(top, pool.Length, cut.Cost / all.Cost), seed);
        }

        return tally.Result();
    }

    private ReplayResult Played(StudyTally tally, string name, RecordedTrial[] pool, IReplayPolicy policy, int seed)
    {
        ReplayResult result = Replay.Run(pool, policy, Workers, seed);
        tally.Add(name, pool, result);
        return result;
    }

    private static EachOncePolicy Fewer(int top, int count, double share) => new(top, (int)Math.Round(count * Math.Min(1, share)));

    private static CycleHyperbandSettings Settings(IReadOnlyList<RecordedTrial> recording) => new()
    {
        LongestEpochs = recording[0].Cycles[^1].Epochs,
        ShortestFraction = recording[0].Cycles[0].Epochs / recording[0].Cycles[^1].Epochs,
    };

    private IEnumerable<(RecordedTrial[] Pool, int Seed)> Pools(IReadOnlyList<RecordedTrial> recording)
    {
        for (int replay = 1; replay <= Replays; replay++)
        {
            int seed = SplitMix.TrialSeed(Seed, replay + 1); // replicate 1 is the sweep's own seed
            yield return (Draw(recording, seed), seed);
        }
    }

    private RecordedTrial[] Draw(IReadOnlyList<RecordedTrial> recording, int seed)
    {
        var random = new SplitMix(~(ulong)(uint)seed);
        RecordedTrial[] pool = [.. recording];
        for (int i = 0; i < Configurations; i++)
        {
            int other = i + random.NextIndex(pool.Length - i);
            (pool[i], pool[other]) = (pool[other], pool[i]);
        }

        return pool[..Configurations];
    }
}
