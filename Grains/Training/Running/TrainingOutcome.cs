namespace Sweeper.Training.Running;

/// <summary>How a run ended. A fault of the program, the data or the machine is none of these: it is an exception.</summary>
public abstract record TrainingOutcome
{
    private TrainingOutcome()
    {
    }

    /// <summary>It took all its steps.</summary>
    public sealed record Completed : TrainingOutcome;

    /// <summary>Its loss became NaN, infinite or larger than the bound.</summary>
    /// <param name="Step">Step that gave the loss, counted from 0.</param>
    /// <param name="LearningRate">Learning rate of that step.</param>
    /// <param name="Evidence">What was seen, in words with numbers.</param>
    public sealed record Diverged(int Step, double LearningRate, string Evidence) : TrainingOutcome;

    /// <summary>It was asked to stop; within one step it did.</summary>
    /// <param name="Step">Steps taken.</param>
    public sealed record Cancelled(int Step) : TrainingOutcome;

    /// <summary>The device's memory did not suffice.</summary>
    /// <param name="Step">Steps taken.</param>
    /// <param name="Evidence">The device's own words.</param>
    public sealed record OutOfMemory(int Step, string Evidence) : TrainingOutcome;
}
