using System.Net;

namespace Sweeper.Silo.Page.Access;

/// <summary>How often an address may try to sign in and fail.</summary>
/// <param name="clock">Time.</param>
internal sealed class SignInLimit(TimeProvider clock)
{
    /// <summary>Failures of an address within <see cref="Window"/> after which it has to wait.</summary>
    public const int Failures = 10;

    /// <summary>Time that a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    // Whoever has more addresses than this shares one account with all others.
    private const int MostAddresses = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Queue<DateTimeOffset>> _failures = [];

    /// <summary>How long an address has to wait; null: it may try.</summary>
    public TimeSpan? Wait(IPAddress? address)
    {
        lock (_lock)
        {
            Queue<DateTimeOffset> failures = Of(address);
            return failures.Count < Failures ? null : failures.Peek() + Window - clock.GetUtcNow();
        }
    }

    /// <summary>Notes a failure.</summary>
    public void Fail(IPAddress? address)
    {
        lock (_lock)
        {
            Of(address).Enqueue(clock.GetUtcNow());
        }
    }

    private Queue<DateTimeOffset> Of(IPAddress? address)
    {
        DateTimeOffset over = clock.GetUtcNow() - Window;
        IPAddress known = address ?? IPAddress.None;
        if (!_failures.ContainsKey(known) && _failures.Count >= MostAddresses)
        {
            foreach (IPAddress old in _failures.Where(pair => pair.Value.All(at => at <= over)).Select(pair => pair.Key).ToList())
            {
                _failures.Remove(old);
            }

            known = _failures.Count >= MostAddresses ? IPAddress.None : known;
        }

        if (!_failures.TryGetValue(known, out Queue<DateTimeOffset>? failures))
        {
            failures = new Queue<DateTimeOffset>();
            _failures.Add(known, failures);
        }

        while (failures.TryPeek(out DateTimeOffset at) && at <= over)
        {
            failures.Dequeue();
        }

        return failures;
    }
}
