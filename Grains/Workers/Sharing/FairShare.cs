using System.Collections.Immutable;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers.Sharing;

/// <summary>
/// Whose turn it is. First whoever has had nothing for <see cref="Patience"/>, then the highest priority, then whoever has had
/// least device time for its weight, jobs on their way counted as if they had run for a usual time, then whoever asked first.
/// </summary>
internal sealed class FairShare
{
    /// <summary>Time without a slot after which a sweep comes first whatever its priority: none starves.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Device time of a job before any has ended, in seconds.</summary>
    private const double FirstGuess = 30;

    /// <summary>How much the last job counts in the usual device time.</summary>
    private const double Newest = 0.1;

    private readonly Dictionary<string, SweepAccount> _accounts = [];
    private double _usualSeconds = FirstGuess;
    private long _order;

    /// <summary>Every sweep that has or wants something, or has had something.</summary>
    public IEnumerable<SweepAccount> Accounts => _accounts.Values;

    /// <summary>Whether any wants a slot.</summary>
    public bool AnyWanted => _accounts.Values.Any(account => account.Wanted > 0);

    /// <summary>Whether any other sweep wants a slot.</summary>
    public bool IsWantedBesides(SweepAccount account) => _accounts.Values.Any(other => other != account && other.Wanted > 0);

    /// <summary>Account of a sweep; one that is new, or comes back, begins where the one stands that has had least.</summary>
    public SweepAccount Of(string sweep, DateTimeOffset now)
    {
        if (!_accounts.TryGetValue(sweep, out SweepAccount? account))
        {
            account = new SweepAccount(sweep, now);
            _accounts.Add(sweep, account);
        }

        if (!account.IsActive)
        {
            account.CatchUp(_accounts.Values.Where(other => other.IsActive).Select(other => Accrued(other, now)).DefaultIfEmpty(0).Min());
        }

        return account;
    }

    /// <summary>Sets what a sweep wants.</summary>
    public void Want(string sweep, SlotWish wish, DateTimeOffset now)
    {
        SweepAccount account = Of(sweep, now);
        Accrued(account, now); // with the weight that it had until now
        account.Sharing = wish.Sharing ?? Contracts.Specs.SharingSpec.Default;
        account.User = wish.User;
        account.Order = account.Wanted > 0 ? account.Order : ++_order;
        account.Wanted = Math.Max(0, wish.Slots);
        account.Prefetches = wish.Prefetches;
        account.Prefetched = Math.Max(0, wish.Prefetched);
        account.NoteWaiting(now);
    }

    /// <summary>Gives a sweep a slot.</summary>
    public void Take(string sweep, double share, DateTimeOffset now)
    {
        SweepAccount account = Of(sweep, now);
        Accrued(account, now);
        account.Take(share);
    }

    /// <summary>Takes a slot back.</summary>
    public void GiveBack(string sweep, double share, DateTimeOffset since, DateTimeOffset now)
    {
        SweepAccount account = Of(sweep, now);
        Accrued(account, now);
        account.GiveBack(share, now);
        double seconds = Math.Max(0, (now - since).TotalSeconds) * share;
        _usualSeconds += Newest * (seconds - _usualSeconds);
    }

    /// <summary>Those that want something, whoever comes first in front.</summary>
    public ImmutableArray<SweepAccount> InTurn(DateTimeOffset now)
    {
        foreach (SweepAccount account in _accounts.Values)
        {
            Accrued(account, now);
        }

        return
        [
            .. _accounts.Values
                .Where(account => account.Wanted > 0)
                .OrderByDescending(account => IsStarved(account, now))
                .ThenByDescending(account => account.Sharing.Priority)
                .ThenBy(account => account.VirtualSeconds + account.HeldShare * _usualSeconds / account.Sharing.Weight)
                .ThenBy(account => account.Order),
        ];
    }

    /// <summary>Whether a sweep has waited so long that it comes first.</summary>
    public static bool IsStarved(SweepAccount account, DateTimeOffset now) => now - account.WaitingSince > Patience;

    /// <summary>Forgets sweeps that have nothing, want nothing, and stand no further ahead than the others: they would begin there again.</summary>
    public void Tidy()
    {
        double least = _accounts.Values.Where(account => account.IsActive).Select(account => account.VirtualSeconds).DefaultIfEmpty(double.PositiveInfinity).Min();
        foreach (SweepAccount account in _accounts.Values.Where(account => !account.IsActive && account.VirtualSeconds <= least).ToArray())
        {
            _accounts.Remove(account.Sweep);
        }
    }

    private static double Accrued(SweepAccount account, DateTimeOffset now)
    {
        account.Accrue(now);
        return account.VirtualSeconds;
    }
}
