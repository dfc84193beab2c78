namespace Sweeper.Training.RangeTests;

/// <summary>How a range test ended. A fault of the program, the data or the machine is none of these: it is an exception.</summary>
public abstract record RangeTestOutcome
{
    private RangeTestOutcome()
    {
    }

    /// <summary>It reached the end of its ramp.</summary>
    public sealed record Completed : RangeTestOutcome;

    /// <summary>The loss blew up before the end of the ramp, which is what the test looks for; its suggestions hold.</summary>
    /// <param name="Step">Step that gave the loss, counted from 0.</param>
    /// <param name="LearningRate">Learning rate of that step.</param>
    /// <param name="Evidence">What was seen, in words with numbers.</param>
    public sealed record Diverged(int Step, double LearningRate, string Evidence) : RangeTestOutcome;

    /// <summary>It was asked to stop; within one step it did.</summary>
    /// <param name="Step">Steps taken.</param>
    public sealed record Cancelled(int Step) : RangeTestOutcome;

    /// <summary>The device's memory did not suffice.</summary>
    /// <param name="Step">Steps taken.</param>
    /// <param name="Evidence">The device's own words.</param>
    public sealed record OutOfMemory(int Step, string Evidence) : RangeTestOutcome;
}
