namespace Sweeper.Training.Data;

/// <summary>A data set cannot be had as asked for. The message says what is wrong, in which file, and what to do.</summary>
public sealed class DataSetException : Exception
{
    /// <summary>A message without more.</summary>
    public DataSetException()
        : base("The data set cannot be loaded.")
    {
    }

    /// <summary>A message of what is wrong, where, and what to do.</summary>
    public DataSetException(string message)
        : base(message)
    {
    }

    /// <summary>A message and the failure below it.</summary>
    public DataSetException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
