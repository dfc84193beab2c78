namespace Sweeper.Training.OwnModels;

/// <summary>A model of a user's own cannot be used; the message says which, why, and what would be right.</summary>
public sealed class OwnModelException : Exception
{
    /// <summary>Says nothing.</summary>
    public OwnModelException()
    {
    }

    /// <summary>Says why.</summary>
    public OwnModelException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what lies behind it.</summary>
    public OwnModelException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
