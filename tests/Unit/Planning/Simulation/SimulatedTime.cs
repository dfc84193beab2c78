namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Virtual time: what is due next happens next, and nothing waits.</summary>
internal sealed class SimulatedTime(int seed)
{
    private readonly PriorityQueue<Action, (double At, long Order)> _due = new();
    private double _seconds;
    private long _order;

    public Random Chance { get; } = new(seed);

    public DateTimeOffset Now => SweepScript.Epoch.AddSeconds(_seconds);

    public void After(double seconds, Action action) => _due.Enqueue(action, (_seconds + seconds, _order++));

    /// <summary>Sends a message: it takes a random while, so it may overtake and be overtaken.</summary>
    public void Send(Action message) => After(Chance.NextDouble() * 20, message);

    public bool Happens(double probability) => Chance.NextDouble() < probability;

    /// <summary>Lets the next thing happen.</summary>
    /// <returns>False where nothing is due any more.</returns>
    public bool Step()
    {
        if (!_due.TryDequeue(out Action? action, out (double At, long Order) due))
        {
            return false;
        }

        _seconds = due.At;
        action();
        return true;
    }
}
