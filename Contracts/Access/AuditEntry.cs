using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Access;

/// <summary>Something that a user did, or was not allowed to do.</summary>
/// <param name="Id">Identity; rises with time.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who; <c>sweeper</c> where the cluster did it by itself.</param>
/// <param name="From">From where.</param>
/// <param name="Action">What, in the console's words.</param>
/// <param name="Sweep">Which sweep; null where it is about none.</param>
/// <param name="Target">Which worker or token; null where it is about none.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Detail">More about it, as it was answered.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AuditEntry")]
public sealed record AuditEntry(
    Guid Id, DateTimeOffset At, string By, string From, string Action, string? Sweep, string? Target, AuditOutcome Outcome, string Detail);

/// <summary>What came of what a user wanted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AuditOutcome>))]
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It changed nothing.</summary>
    Unchanged,

    /// <summary>The user may not, or what was asked makes no sense.</summary>
    Refused,

    /// <summary>It went wrong.</summary>
    Failed,
}

/// <summary>Which entries are wanted.</summary>
/// <param name="Sweep">Of this sweep; null: of all.</param>
/// <param name="By">Of this user, with or without a machine; null: of all.</param>
/// <param name="Since">Not older than this; null: of all times.</param>
/// <param name="Most">At most so many, the newest.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AuditQuery")]
public sealed record AuditQuery(string? Sweep = null, string? By = null, DateTimeOffset? Since = null, int Most = AuditQuery.DefaultMost)
{
    /// <summary>How many where nobody says.</summary>
    public const int DefaultMost = 200;

    /// <summary>How many at most in one answer.</summary>
    public const int Limit = 100_000;
}
