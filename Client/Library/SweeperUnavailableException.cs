using Sweeper.Contracts.Errors;

namespace Sweeper.Client;

/// <summary>A cluster or silo that cannot be reached or started, or is lost.</summary>
public sealed class SweeperUnavailableException : SweeperException
{
    internal SweeperUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
