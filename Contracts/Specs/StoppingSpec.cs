using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>How a search spends less on trials that will not win. A stop for safety, of a trial that stays at chance, acts under every rule.</summary>
/// <param name="Rule">Whose rule.</param>
/// <param name="Eta">One in how many goes on, and the factor between rungs; at least 2. Not for <see cref="RungKeep.Hopeful"/>.</param>
/// <param name="Shortest">First rung as a fraction of the whole run; in (0, 1).</param>
/// <param name="AuditShare">Share of the trials that would be stopped and run on, so that the rate of false stops is known; in [0, 1].</param>
/// <param name="Force">Whether a rule that compares unannealed readings is used with a schedule that cycles all the same.</param>
/// <param name="Keep">What Cycle-Hyperband trains longer. A stored spec that does not say means <see cref="RungKeep.Best"/>: it is older than the choice.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.StoppingSpec")]
public sealed record StoppingSpec(
    StoppingRule Rule,
    int Eta = StoppingSpec.DefaultEta,
    double Shortest = StoppingSpec.DefaultShortest,
    double AuditShare = StoppingSpec.DefaultAuditShare,
    bool Force = false,
    RungKeep Keep = RungKeep.Best)
{
    /// <summary>Eta of Hyperband's authors (arXiv:1603.06560).</summary>
    public const int DefaultEta = 3;

    /// <summary>A ninth: two halvings by three.</summary>
    public const double DefaultShortest = 1.0 / 9;

    /// <summary>A tenth; ours.</summary>
    public const double DefaultAuditShare = 0.1;

    /// <summary>
    /// Share of the configurations that Cycle-Hyperband trains at every length whatever their rank. Ours; Hyperband's own share
    /// at three brackets is about a sixth.
    /// </summary>
    public const double WholeShare = 0.2;

    /// <summary>Configurations that are trained at both lengths with <see cref="RungKeep.Hopeful"/>, so that short cycles are compared with whole ones. Ours.</summary>
    public const int Compared = 12;

    /// <summary>Lengths of Cycle-Hyperband's cycles in epochs, shortest first.</summary>
    /// <param name="epochs">Length of a full run, epochs.</param>
    public ImmutableArray<double> RungEpochs(double epochs)
    {
        if (Keep == RungKeep.Hopeful)
        {
            return [epochs * Shortest, epochs];
        }

        int top = (int)Math.Floor(Math.Log(1 / Shortest, Eta) + 1e-9);
        return [.. Enumerable.Range(0, top + 1).Select(rung => epochs / Math.Pow(Eta, top - rung))];
    }

    /// <summary>
    /// What Cycle-Hyperband trains at each length, about. Best: a third and a third of it go on with an eta of 3, and the share
    /// that climbs whatever its rank. Hopeful: so many that the short cycles cost what they save; fewer where they are worth it.
    /// </summary>
    /// <param name="configurations">Configurations that start.</param>
    /// <param name="epochs">Length of a full run, epochs.</param>
    public ImmutableArray<RecipeStep> Steps(int configurations, double epochs)
    {
        if (Keep == RungKeep.Hopeful)
        {
            return
            [
                new RecipeStep("whole short cycles", configurations, epochs * Shortest),
                new RecipeStep("all but the hopeless go on", (int)Math.Ceiling(configurations * (1 - Shortest)), epochs),
            ];
        }

        double whole = Math.Floor(configurations * WholeShare);
        return
        [
            .. RungEpochs(epochs).Select((length, rung) => new RecipeStep(
                rung == 0 ? "whole short cycles" : "the best go on",
                (int)Math.Round(whole + ((configurations - whole) / Math.Pow(Eta, rung))),
                length)),
        ];
    }
}

/// <summary>Ways to spend less on trials that will not win.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StoppingRule>))]
public enum StoppingRule
{
    /// <summary>Every trial runs to its end.</summary>
    None,

    /// <summary>Successive halving over the length of whole, annealed cycles.</summary>
    CycleHyperband,

    /// <summary>Comparison with completed trials at the same fraction of the same cycle.</summary>
    SamePhase,

    /// <summary>Vizier's median rule (Golovin et al., KDD 2017).</summary>
    Median,

    /// <summary>Asynchronous successive halving of running trials (Li et al., arXiv:1810.05934).</summary>
    Asha,

    /// <summary>Brackets of successive halving (Li et al., arXiv:1603.06560).</summary>
    Hyperband,

    /// <summary>Stands in files only: <see cref="StoppingChoice"/> puts a rule in its place when the file is read.</summary>
    Auto,
}

/// <summary>What Cycle-Hyperband trains longer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RungKeep>))]
public enum RungKeep
{
    /// <summary>The best of each length: one in eta, and a share whatever its rank.</summary>
    Best,

    /// <summary>Whatever did no worse in its short cycle than some configuration that turned out good; off where that sorts out no more than luck would.</summary>
    Hopeful,
}

/// <summary>What rules have in common.</summary>
public static class StoppingRules
{
    /// <summary>Whether it judges trials by readings on their way.</summary>
    public static bool JudgesRunning(this StoppingRule rule) =>
        rule is StoppingRule.SamePhase or StoppingRule.Median or StoppingRule.Asha or StoppingRule.Hyperband;

    /// <summary>The rule as a spec writes it.</summary>
    public static string Word(this StoppingRule rule) => Fields.StoppingFields.RuleType.Write(rule);

    /// <summary>Whether it compares readings of networks that were not annealed.</summary>
    public static bool ComparesUnannealed(this StoppingRule rule) =>
        rule is StoppingRule.Median or StoppingRule.Asha or StoppingRule.Hyperband;

    /// <summary>Whether configurations are trained at rising lengths of the cycle, each next one only where the last one did well.</summary>
    public static bool ClimbsRungs(this SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec is { Purpose: SweepPurpose.Search, Search.StoppingRule: StoppingRule.CycleHyperband };
    }

    /// <summary>Whether configurations are chosen only when a slot is free for one, from what has ended until then.</summary>
    public static bool SuggestsOnItsWay(this SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Purpose == SweepPurpose.Search
            && (spec.Search.Strategy.Suggests() || ((spec.ClimbsRungs() || spec.Search.WarmStart is not null) && spec.Search.Strategy.CountsTrials()));
    }
}
