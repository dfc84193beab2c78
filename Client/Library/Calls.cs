using Sweeper.Client.Connecting;

namespace Sweeper.Client;

/// <summary>Calls whose failures are told in the library's own words.</summary>
internal static class Calls
{
    /// <summary>Makes a call.</summary>
    /// <exception cref="SweeperUnavailableException">Nobody answers, or nobody could be reached.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (CliException failure)
        {
            throw new SweeperUnavailableException(failure.Message, failure);
        }
        catch (SiloLostException failure)
        {
            throw new SweeperUnavailableException("The silo has died. What had finished is stored: connect and submit the same spec again to go on.", failure);
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            throw new SweeperUnavailableException($"The cluster does not answer: {failure.Message}", failure);
        }
    }
}
