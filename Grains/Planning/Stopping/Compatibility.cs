using System.Diagnostics;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Which rule may be used with which schedule.</summary>
internal static class Compatibility
{
    /// <summary>Why a rule is refused with a schedule; null: it is not.</summary>
    /// <param name="rule">Rule asked for.</param>
    /// <param name="schedule">Schedule of the trials.</param>
    /// <param name="forced">Whether the user insists.</param>
    /// <param name="path">Setting that asks for the rule, such as <c>search.stopping.rule</c>.</param>
    public static SpecProblem? Check(StoppingRule rule, ScheduleType schedule, bool forced, string path) =>
        forced || !ComparesUnannealed(rule) || !SchedulePeak.IsCycle(schedule)
            ? null
            : new SpecProblem(
                path,
                Word(rule),
                $"compares trials in the middle of their run, and before a 1cycle schedule has annealed, accuracy there says little about "
                + "the end and favours low learning rates; use cycle_hyperband or same_phase, a constant schedule, or force it");

    private static bool ComparesUnannealed(StoppingRule rule) => rule switch
    {
        StoppingRule.Median or StoppingRule.Asha or StoppingRule.Hyperband => true,
        StoppingRule.None or StoppingRule.CycleHyperband or StoppingRule.SamePhase => false,
        _ => throw new UnreachableException(),
    };

    private static string Word(StoppingRule rule) => rule switch
    {
        StoppingRule.None => "none",
        StoppingRule.CycleHyperband => "cycle_hyperband",
        StoppingRule.SamePhase => "same_phase",
        StoppingRule.Median => "median",
        StoppingRule.Asha => "asha",
        StoppingRule.Hyperband => "hyperband",
        _ => throw new UnreachableException(),
    };
}
