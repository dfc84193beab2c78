using System.Collections.Immutable;

namespace Sweeper.Grains.Workers.Sharing;

/// <summary>What an operator lays down about sharing.</summary>
/// <param name="Default">Quota of users without one of their own, and of sweeps that nobody put a name to; null: no limit.</param>
/// <param name="Users">Quotas of single users.</param>
/// <param name="YieldAfter">Time that a job runs before it can be asked to make room, and after which it is asked again.</param>
public sealed record SharingRules(SlotQuota? Default, ImmutableDictionary<string, SlotQuota> Users, TimeSpan YieldAfter)
{
    /// <summary><see cref="YieldAfter"/> where nothing else is said.</summary>
    public static readonly TimeSpan UsualYieldAfter = TimeSpan.FromSeconds(60);

    /// <summary>No quotas.</summary>
    public static SharingRules Usual { get; } = new(null, ImmutableDictionary<string, SlotQuota>.Empty, UsualYieldAfter);

    /// <summary>Quota of a user, by the part of <c>user@machine</c> before the '@'; null: no limit.</summary>
    internal SlotQuota? Of(string? user) => user is not null && Users.TryGetValue(UserName(user), out SlotQuota? quota) ? quota : Default;

    /// <summary>The user of <c>user@machine</c>.</summary>
    internal static string UserName(string? user) => Contracts.Access.Caller.UserOf(user);
}
