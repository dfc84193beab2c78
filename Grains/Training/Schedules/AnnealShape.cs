namespace Sweeper.Training.Schedules;

/// <summary>How a schedule gets from one value to the next.</summary>
public enum AnnealShape
{
    /// <summary>Half a cosine: slow, fast, slow.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}
