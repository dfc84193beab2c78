namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>Many replays over one recording: each draws some of its configurations in a random order and searches them under every policy.</summary>
internal sealed record ReplayStudy
{
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
        var settings = new CycleHyperbandSettings
        {
            LongestEpochs = recording[0].Cycles[top].Epochs,
            ShortestFraction = recording[0].Cycles[0].Epochs / recording[0].Cycles[top].Epochs,
        };
        var tally = new StudyTally();
        for (int replay = 1; replay <= Replays; replay++)
        {
            int seed = SplitMix.TrialSeed(Seed, replay + 1); // replicate 1 is the sweep's own seed
            RecordedTrial[] pool = Draw(recording, seed);
            int count = pool.Length;
            var phases = new SamePhasePolicy(top, count, new SamePhaseSettings { Seed = seed }, Peak);
            var cycles = new CycleHyperbandPolicy(settings with { Seed = seed }, count);
            ReplayResult all = Add("none", new EachOncePolicy(top, count));
            Add("median, mid-cycle", new MedianPolicy(top, count, new MedianRule()));
            Add("ASHA, mid-cycle", new AshaPolicy(top, count, new Asha(settings.Eta, settings.ShortestFraction)));
            Add("same phase", phases);
            ReplayResult halved = Add("Cycle-Hyperband", cycles);
            Add("Cycle-Hyperband, switched from 5 pairs", new CycleHyperbandPolicy(settings with { Seed = seed, LeastPairs = 5 }, count));
            Add("fewer, at the cost of Cycle-Hyperband", new EachOncePolicy(top, (int)Math.Round(count * Math.Min(1, halved.Cost / all.Cost))));
            tally.AddStops(pool, phases);
            tally.AddCorrelations(cycles.Table);

            ReplayResult Add(string name, IReplayPolicy policy)
            {
                ReplayResult result = Replay.Run(pool, policy, Workers, seed);
                tally.Add(name, pool, result);
                return result;
            }
        }

        return tally.Result();
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
