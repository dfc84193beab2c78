using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Recipe;
using Sweeper.Grains.Planning.Stopping;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>
/// Where every configuration of a sweep stands on the rungs of <see cref="CycleHyperband"/>. Immutable; a function of the
/// sweep's trials.
/// </summary>
internal sealed record CycleLadder
{
    /// <summary>Jobs beyond which nobody counts: no sweep has as many free slots.</summary>
    private const int MostCounted = 64;

    private CycleLadder(Ranking ranking, RungTable table)
    {
        Ranking = ranking;
        Table = table;
    }

    /// <summary>What ranks a rung.</summary>
    private Ranking Ranking { get; init; }

    /// <summary>Finished cycles by rung.</summary>
    public RungTable Table { get; private init; }

    /// <summary>Every cycle that was given out.</summary>
    private ImmutableHashSet<RungJob> Asked { get; init; } = [];

    /// <summary>Number of each configuration, from 1 in order of its first cycle.</summary>
    private ImmutableDictionary<Configuration, int> Numbers { get; init; } = ImmutableDictionary<Configuration, int>.Empty;

    /// <summary>Configurations in order of their numbers, each with the number of its newest trial.</summary>
    private ImmutableList<(Configuration At, int Trial)> Configurations { get; init; } = [];

    /// <summary>Configurations that have started.</summary>
    public int Started => Configurations.Count;

    /// <summary>The ladder of a spec that asks for one; null: it does not.</summary>
    public static CycleLadder? Of(SweepSpec spec) => !spec.ClimbsRungs()
        ? null
        : new CycleLadder(spec.Search.Ranking, RungTable.Empty(Settings(spec)));

    /// <summary>Settings of a spec.</summary>
    public static CycleHyperbandSettings Settings(SweepSpec spec) => new()
    {
        LongestEpochs = spec.Training.Epochs,
        Eta = spec.Search.Stopping?.Eta ?? StoppingSpec.DefaultEta,
        ShortestFraction = spec.Search.Stopping?.Shortest ?? StoppingSpec.DefaultShortest,
        Keep = spec.Search.Stopping?.Keep ?? RungKeep.Best,
        Seed = spec.Seed,
    };

    /// <summary>What a free slot is to train; null: nothing now.</summary>
    /// <param name="configurations">How many configurations may start in all.</param>
    public RungStep? Next(int configurations) => CycleHyperband.Next(Table, Asked, Math.Max(configurations, Started), fresh: Started + 1);

    /// <summary>How many free slots could be used now.</summary>
    /// <param name="configurations">How many configurations may start in all.</param>
    public int Available(int configurations)
    {
        int fresh = Math.Max(0, configurations - Started);
        if (fresh >= MostCounted)
        {
            return fresh; // enough for every slot, and promotions take a look at every rung
        }

        CycleLadder ladder = this;
        int promotions = 0;
        while (promotions < MostCounted && ladder.Next(configurations) is { } step && step.Job.Configuration <= Started)
        {
            ladder = ladder with { Asked = ladder.Asked.Add(step.Job) };
            promotions++;
        }

        return fresh + promotions;
    }

    /// <summary>A configuration that has started.</summary>
    /// <param name="number">Its number, from 1.</param>
    public (Configuration At, int Trial) Of(int number) => Configurations[number - 1];

    /// <summary>With a trial that was added to the sweep.</summary>
    public CycleLadder Add(TrialRecord trial)
    {
        int number = Numbers.GetValueOrDefault(trial.Configuration, Started + 1);
        return this with
        {
            Asked = Asked.Add(new RungJob(number, trial.Plan?.Rung ?? 0)),
            Numbers = Numbers.SetItem(trial.Configuration, number),
            Configurations = number > Started
                ? Configurations.Add((trial.Configuration, trial.Number))
                : Configurations.SetItem(number - 1, (trial.Configuration, trial.Number)),
        };
    }

    /// <summary>With what became of a trial that was added before.</summary>
    /// <param name="before">The trial before.</param>
    /// <param name="after">The trial after.</param>
    /// <param name="all">Every trial after.</param>
    public CycleLadder Move(TrialRecord before, TrialRecord after, IEnumerable<TrialRecord> all) => (Result(before), Result(after)) switch
    {
        (null, { } result) => this with { Table = Table.Add(result) },
        ({ } result, null) => this with { Table = Without(result, all) },
        _ => this,
    };

    /// <summary>Results of a retried trial no longer count.</summary>
    private RungTable Without(RungResult gone, IEnumerable<TrialRecord> all) => all
        .Select(Result)
        .OfType<RungResult>()
        .Where(result => result.Job != gone.Job)
        .Aggregate(RungTable.Empty(Table.Settings), (table, result) => table.Add(result));

    /// <summary>What a trial says for the ranking; null: nothing, because it has not ended or was stopped by a user or a limit.</summary>
    private RungResult? Result(TrialRecord trial)
    {
        var job = new RungJob(Numbers.GetValueOrDefault(trial.Configuration), trial.Plan?.Rung ?? 0);
        return trial switch
        {
            { Score: not null } => new RungResult(job, Wave.Merit(trial, Ranking)),
            { Status: JobStatus.Done, Outcome: not null and not JobOutcome.Stopped } => new RungResult(job, null),
            _ => null,
        };
    }
}
