namespace Sweeper.Training.Running;

/// <summary>A checkpoint cannot be read or written. The message says which file, what is wrong and what to do.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>An exception without a text.</summary>
    public CheckpointException()
    {
    }

    /// <summary>What is wrong.</summary>
    /// <param name="message">Which file, what is wrong, what to do.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>What is wrong, and what the system said.</summary>
    /// <param name="message">Which file, what is wrong, what to do.</param>
    /// <param name="innerException">What the system said.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
