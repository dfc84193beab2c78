namespace Sweeper.Contracts.Specs.Fields;

/// <summary>Fields of <see cref="StoppingSpec"/>.</summary>
internal static class StoppingFields
{
    /// <summary>Rules and their words.</summary>
    public static readonly ChoiceType<StoppingRule> RuleType = new(
        new Choice<StoppingRule>("auto", StoppingRule.Auto, "`cycle_hyperband` where it can pay, else `none`; `validate` says which and why"),
        new Choice<StoppingRule>("none", StoppingRule.None, "every trial runs to its end"),
        new Choice<StoppingRule>(
            "cycle_hyperband", StoppingRule.CycleHyperband, "configurations start with short whole cycles; which of them go on to longer ones, `keep` says"),
        new Choice<StoppingRule>(
            "same_phase", StoppingRule.SamePhase, "past the peak, a trial is compared with completed ones at the same fraction of the same cycle"),
        new Choice<StoppingRule>("median", StoppingRule.Median, "Vizier's median rule, for constant and step schedules"),
        new Choice<StoppingRule>("asha", StoppingRule.Asha, "successive halving of running trials, for constant and step schedules"),
        new Choice<StoppingRule>("hyperband", StoppingRule.Hyperband, "the same in brackets, for constant and step schedules"));

    public static readonly SpecField<StoppingRule> Rule =
        new(
            "search.stopping.rule",
            RuleType,
            spec => spec.Search.StoppingRule)
        {
            Doc = "How trials that will not win are stopped early. Under every rule, a trial that diverges or stays at chance long after its peak is stopped.",
            Default = FieldDefault.By(StoppingChoice.Of, "auto"),
            Example = "same_phase",
            OtherWords = ["type", "name", "scheduler", "pruner"],
        };

    public static readonly SpecField<RungKeep> Keep =
        new(
            "search.stopping.keep",
            new ChoiceType<RungKeep>(
                new Choice<RungKeep>(
                    "hopeful",
                    RungKeep.Hopeful,
                    "all but those that did worse in their short cycle than every configuration that turned out good; off where that sorts out no more than luck would"),
                new Choice<RungKeep>("best", RungKeep.Best, "the best one in `eta`, at each of several lengths: bold, for spaces where lengths rank alike")),
            spec => Of(spec).Keep)
        {
            Doc = "Which configurations are trained longer.",
            Default = FieldDefault.Always(RungKeep.Hopeful),
            Example = "hopeful",
            Only = With("`cycle_hyperband`", StoppingRule.CycleHyperband),
        };

    public static readonly SpecField<int> Eta =
        new("search.stopping.eta", new WholeType(2, 100), spec => Of(spec).Eta)
        {
            Doc = "One in how many goes on, and the factor between rungs.",
            Default = FieldDefault.Always(StoppingSpec.DefaultEta),
            Example = "3",
            OtherWords = ["reduction_factor"],
            Only = new FieldCondition(
                Rule,
                values => RuleOf(values) is StoppingRule.Asha or StoppingRule.Hyperband
                    || (RuleOf(values) == StoppingRule.CycleHyperband && values.Get(Keep) == RungKeep.Best),
                "with rule `asha` or `hyperband`, or with `keep: best`"),
        };

    public static readonly SpecField<double> Shortest =
        new(
            "search.stopping.shortest",
            new NumberType(new NumberRange(0, 1) { AboveMin = true, BelowMax = true, Percent = true }),
            spec => Of(spec).Shortest)
        {
            Doc = "First rung as a fraction of the whole run.",
            Default = FieldDefault.Always(StoppingSpec.DefaultShortest, "1/9"),
            Example = "0.25",
            OtherWords = ["grace_period", "min_resource"],
            Only = With("`cycle_hyperband`, `asha` or `hyperband`", StoppingRule.CycleHyperband, StoppingRule.Asha, StoppingRule.Hyperband),
        };

    public static readonly SpecField<double> AuditShare =
        new(
            "search.stopping.audit",
            new NumberType(new NumberRange(0, 1) { Percent = true }),
            spec => Of(spec).AuditShare)
        {
            Doc = "Share of the trials that would be stopped and run on to their end, at random, so that the rate of false stops is measured.",
            Default = FieldDefault.Always(StoppingSpec.DefaultAuditShare),
            Example = "10%",
            Only = With("`same_phase`", StoppingRule.SamePhase),
        };

    public static readonly SpecField<bool> Force =
        new("search.stopping.force", new FlagType(), spec => Of(spec).Force)
        {
            Doc = "Use the rule with a schedule that cycles, against the advice: in mid-cycle it stops winners.",
            Default = FieldDefault.Always(false),
            Example = "true",
            Only = With("`median`, `asha` or `hyperband`", StoppingRule.Median, StoppingRule.Asha, StoppingRule.Hyperband),
        };

    public static readonly SpecSection Section = new("search.stopping")
    {
        Doc = "Early stopping. A rule alone is the same as `{rule: rule}`.",
        Shorthand = Rule,
        OtherWords = ["early_stopping", "pruning"],
        Items = [Rule, Keep, Eta, Shortest, AuditShare, Force],
    };

    private static StoppingSpec Of(SweepSpec spec) => spec.Search.Stopping ?? new StoppingSpec(StoppingRule.None);

    private static FieldCondition With(string words, params StoppingRule[] rules) =>
        new(Rule, values => rules.Contains(RuleOf(values)), $"with rule {words}");

    /// <summary>The rule that acts: what auto stands for, where it is written.</summary>
    public static StoppingRule RuleOf(SpecValues values) => values.Get(Rule) is var rule and not StoppingRule.Auto ? rule : StoppingChoice.Of(values);
}
