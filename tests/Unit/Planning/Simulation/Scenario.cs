using CsCheck;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Everything that decides a simulated sweep.</summary>
/// <param name="Seed">Seed of every chance in it.</param>
/// <param name="Spec">Sweep.</param>
/// <param name="Workers">Workers.</param>
/// <param name="Slots">Jobs that each runs at once.</param>
/// <param name="Loss">Probability that an attempt's worker dies or falls silent under it.</param>
/// <param name="HandBack">Probability that an attempt is handed back.</param>
/// <param name="Duplicate">Probability that a message arrives once more, much later.</param>
/// <param name="Crash">Probability, for each event, that the coordinator dies at it.</param>
/// <param name="Wishes">Times that a user pauses, cancels, resumes or retries.</param>
internal sealed record Scenario(
    int Seed, SweepSpec Spec, int Workers, int Slots, double Loss, double HandBack, double Duplicate, double Crash, int Wishes)
{
    /// <summary>Probability that a slot may be kept for a further job.</summary>
    public double Prefetch { get; init; } = 0.7;

    /// <summary>Results of earlier sweeps that the search begins with; null: none.</summary>
    public WarmStart? Warm { get; init; }

    /// <summary>Specs whose every trial can run: attempts without end, no limit but that of parallel jobs.</summary>
    private static readonly Gen<SweepSpec> GenSpec =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Bool, Gen.Bool, Gen.Int[0, 4], Gen.Int[0, 1000])
            .Select((cells, points, seeds, tested, random, parallel, seed) =>
            {
                SweepSpec spec = tested
                    ? TestSpecs.RangeTested(cells, points)
                    : TestSpecs.Trials(points).WithSearch(search => search with { Dropout = TestSpecs.Values([.. Enumerable.Range(0, cells).Select(cell => cell / 10.0)]) });
                return (spec with { Seed = seed })
                    .WithSearch(search => search with { Seeds = seeds, Strategy = random ? SearchStrategy.Random : SearchStrategy.Grid, Trials = cells * points })
                    .WithLimits(limits => limits with { Attempts = 1_000_000, MaxParallel = parallel == 0 ? null : parallel });
            });

    /// <summary>Specs of the recipe, whose trials follow from results.</summary>
    private static readonly Gen<SweepSpec> GenRecipe =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[1, 3], Gen.Bool, Gen.Int[0, 1000], Gen.OneOfConst(0.4, 1.0, 9.0))
            .Select((decays, batches, dropouts, seeds, baseline, seed, epochs) => (TestSpecs.Recipe(decays, batches, dropouts) with { Seed = seed })
                .WithEpochs(epochs)
                .WithSearch(search => search with { Seeds = seeds, Baseline = baseline ? BaselineMode.Auto : BaselineMode.None })
                .WithLimits(limits => limits with { Attempts = 1_000_000 }));

    /// <summary>Specs of samplers, with and without bounds from range tests.</summary>
    private static readonly Gen<SweepSpec> GenSampled =
        Gen.Select(Gen.OneOfConst(SearchStrategy.Sobol, SearchStrategy.Tpe, SearchStrategy.CmaEs), Gen.Int[1, 14], Gen.Int[1, 2], Gen.Bool, Gen.Int[0, 1000], Gen.Bool)
            .Select((strategy, trials, seeds, tested, seed, conditional) => (TestSpecs.Sampled(strategy, trials, tested) with { Seed = seed })
                .WithSearch(search => conditional ? TestSpecs.Conditional(search) with { Seeds = seeds } : search with { Seeds = seeds })
                .WithLimits(limits => limits with { Attempts = 1_000_000 }));

    /// <summary>Everything goes wrong that can go wrong and be mended.</summary>
    public static readonly Gen<Scenario> Troubled =
        Gen.Select(Gen.Int, GenSpec, Gen.Int[1, 4], Gen.Int[1, 3], Gen.Double[0, 0.4], Gen.Double[0, 0.2], Gen.Double[0, 0.5])
            .Select(Gen.Double[0, 0.15], Gen.Int[0, 8])
            .Select((most, crash, wishes) =>
                new Scenario(most.Item1, most.Item2, most.Item3, most.Item4, most.Item5, most.Item6, most.Item7, crash, wishes));

    /// <summary>The same with sweeps of the recipe.</summary>
    public static readonly Gen<Scenario> TroubledRecipe =
        Gen.Select(Troubled, GenRecipe).Select((scenario, spec) => scenario with { Spec = spec });

    /// <summary>The same with sweeps of samplers.</summary>
    public static readonly Gen<Scenario> TroubledSampled =
        Gen.Select(Troubled, GenSampled).Select((scenario, spec) => scenario with { Spec = spec });

    /// <summary>Sweeps of populations.</summary>
    public static readonly Gen<Scenario> TroubledPopulation =
        Gen.Select(Troubled, Gen.Int[4, 9], Gen.Int[2, 4], Gen.Bool, Gen.Bool, Gen.Int[0, 1000]).Select((scenario, members, generations, tested, conditional, seed) => scenario with
        {
            Spec = (TestSpecs.Population(members, generations, tested) with { Seed = seed })
                .WithSearch(search => conditional ? TestSpecs.Conditional(search) : search)
                .WithLimits(limits => limits with { Attempts = 1_000_000 }),
        });

    /// <summary>Sweeps of samplers that begin with results of earlier ones.</summary>
    public static readonly Gen<Scenario> TroubledWarm =
        Gen.Select(TroubledSampled, Gen.OneOfConst(SearchStrategy.Random, SearchStrategy.Tpe, SearchStrategy.CmaEs), Gen.Int[0, 20]).Select((scenario, strategy, priors) => scenario with
        {
            Spec = scenario.Spec.WithSearch(search => search with { Strategy = strategy, WarmStart = WarmStartSpec.Auto }),
            Warm = WarmStarts.Of(priors),
        });

    /// <summary>The same with limits that end the sweep early.</summary>
    public static readonly Gen<Scenario> Limited =
        Gen.Select(Troubled, Gen.Int[1, 4], Gen.Int[0, 40], Gen.Int[0, 200])
            .Select((scenario, attempts, epochs, minutes) => scenario with
            {
                Spec = scenario.Spec.WithLimits(limits => limits with
                {
                    Attempts = attempts,
                    Epochs = epochs == 0 ? null : epochs,
                    WallTime = minutes == 0 ? null : TimeSpan.FromMinutes(minutes),
                }),
            });

    /// <summary>What a failing case is told by, beside CsCheck's seed: that of a whole spec is too deep for the stack of CsCheck's threads.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Spec.Search.Strategy} on {Workers} x {Slots} slots, seed {Seed}: loss {Loss}, hand back {HandBack}, duplicate {Duplicate}, crash {Crash}, prefetch {Prefetch}, {Wishes} wishes, {Spec.Limits}");

    /// <summary>The same sweep where nothing goes wrong, on one slot.</summary>
    public Scenario Untroubled => this with { Workers = 1, Slots = 1, Loss = 0, HandBack = 0, Duplicate = 0, Crash = 0, Wishes = 0, Prefetch = 0 };
}
