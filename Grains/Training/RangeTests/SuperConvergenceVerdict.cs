namespace Sweeper.Training.RangeTests;

/// <summary>Whether a range test shows that super-convergence can work.</summary>
public enum SuperConvergenceVerdict
{
    /// <summary>Accuracy stays nearly flat up to very large rates.</summary>
    Possible,

    /// <summary>Accuracy peaks and collapses.</summary>
    NotPossible,

    /// <summary>Neither is clear; a longer ramp may tell.</summary>
    Inconclusive,
}
