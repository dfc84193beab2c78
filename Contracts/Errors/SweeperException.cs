namespace Sweeper.Contracts.Errors;

/// <summary>Root of the errors that cross a grain call.</summary>
[GenerateSerializer, Alias("Sweeper.SweeperException")]
public abstract class SweeperException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="message">What happened, which one, what to do next.</param>
    protected SweeperException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it around its cause.</summary>
    /// <param name="message">What happened, which one, what to do next.</param>
    /// <param name="inner">Cause.</param>
    protected SweeperException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>There is no sweep of that name.</summary>
[GenerateSerializer, Alias("Sweeper.SweepNotFoundException")]
public sealed class SweepNotFoundException : SweeperException
{
    /// <summary>Creates it.</summary>
    /// <param name="sweep">Name that was asked for.</param>
    public SweepNotFoundException(string sweep)
        : base($"There is no sweep named '{sweep}'. `sweeper list` shows those that there are.") => Sweep = sweep;

    /// <summary>Name that was asked for.</summary>
    [Id(0)]
    public string Sweep { get; }
}

/// <summary>The store could not be read or written.</summary>
[GenerateSerializer, Alias("Sweeper.StoreUnavailableException")]
public sealed class StoreUnavailableException : SweeperException
{
    /// <summary>Creates it.</summary>
    /// <param name="message">What happened and what to do next.</param>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it around its cause.</summary>
    /// <param name="message">What happened and what to do next.</param>
    /// <param name="inner">Cause.</param>
    public StoreUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
