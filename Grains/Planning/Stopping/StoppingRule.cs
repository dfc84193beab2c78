namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Ways to spend less on trials that will not win. <see cref="SafetyStop"/> acts under each of them.</summary>
internal enum StoppingRule
{
    /// <summary>Every trial runs to its end.</summary>
    None,

    /// <summary>Short complete cycles first: <see cref="Stopping.CycleHyperband"/>.</summary>
    CycleHyperband,

    /// <summary>Comparison at the same phase of the cycle: <see cref="SamePhasePredictor"/>.</summary>
    SamePhase,

    /// <summary><see cref="MedianRule"/>.</summary>
    Median,

    /// <summary><see cref="Stopping.Asha"/>.</summary>
    Asha,

    /// <summary><see cref="Stopping.Hyperband"/>.</summary>
    Hyperband,
}
