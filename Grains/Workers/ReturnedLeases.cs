namespace Sweeper.Grains.Workers;

/// <summary>
/// Leases that sweeps have just given back. A worker's announcement may have been on its way meanwhile and still name one: taken at
/// its word, it would keep a free slot from everybody until the lease counts as vanished.
/// </summary>
internal sealed class ReturnedLeases
{
    /// <summary>Longest that an announcement is thought to be on its way. A lease that is named later is held indeed.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(5);

    private readonly Queue<(long Id, DateTimeOffset At)> _inOrder = new();
    private readonly HashSet<long> _ids = [];

    /// <summary>Notes one that came back.</summary>
    public void Add(long id, DateTimeOffset now)
    {
        Tidy(now);
        if (_ids.Add(id))
        {
            _inOrder.Enqueue((id, now));
        }
    }

    /// <summary>Whether it came back so lately that whoever names it may not have known.</summary>
    public bool Contains(long id, DateTimeOffset now)
    {
        Tidy(now);
        return _ids.Contains(id);
    }

    private void Tidy(DateTimeOffset now)
    {
        while (_inOrder.TryPeek(out (long Id, DateTimeOffset At) oldest) && now - oldest.At > Delay)
        {
            _ids.Remove(_inOrder.Dequeue().Id);
        }
    }
}
