namespace Sweeper.Training.Schedules;

/// <summary>Phases of <see cref="PyTorchOneCycle"/>.</summary>
public enum OneCyclePhases
{
    /// <summary>Up to the peak, then down to the final rate.</summary>
    Two,

    /// <summary>Up to the peak, back down to the first rate in as many steps, then down to the final rate.</summary>
    Three,
}
