namespace Sweeper.Grains.Planning;

/// <summary>
/// Versions of the planner's rules. Stored events are folded anew after every interruption: where a rule changes what is
/// planned, a sweep that began before it must go on by the old one.
/// </summary>
internal static class PlannerRules
{
    /// <summary>Of sweeps whose first event does not say.</summary>
    public const int First = 1;

    /// <summary>A range test that diverges early twice is repeated over a ramp to a lower rate.</summary>
    public const int LowerRamps = 2;

    /// <summary>Of new sweeps.</summary>
    public const int Current = LowerRamps;
}
