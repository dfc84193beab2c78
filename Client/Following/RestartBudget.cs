namespace Sweeper.Client.Following;

/// <summary>How often a silo that dies is replaced: a job that kills it every time must not do so for ever.</summary>
/// <param name="limit">Deaths in a row without a newly ended job, after which it is given up.</param>
internal sealed class RestartBudget(int limit)
{
    private int _deaths;
    private int _endedAtLastDeath;

    /// <summary>Counts a death.</summary>
    /// <param name="ended">Jobs ended so far.</param>
    /// <returns>Whether a new silo should be started.</returns>
    public bool Allows(int ended)
    {
        _deaths = ended > _endedAtLastDeath ? 1 : _deaths + 1;
        _endedAtLastDeath = ended;
        return _deaths <= limit;
    }
}
