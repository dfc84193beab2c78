using Sweeper.Contracts.Access;

namespace Sweeper.Silo.Page.Access;

/// <summary>Who makes a request.</summary>
/// <param name="Name">Name, for the audit log.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="Token">Token that let the user in; null: the key of the data folder, or a code that was made with it.</param>
internal sealed record PageUser(string Name, AccessRole Role, Guid? Token)
{
    /// <summary>Whoever may read the data folder.</summary>
    public static PageUser Owner { get; } = new("owner", AccessRole.Admin, null);

    /// <summary>The user of a request that has passed the guard.</summary>
    public static PageUser Of(HttpContext http) =>
        http.Features.Get<PageUser>() ?? throw new InvalidOperationException($"{http.Request.Path} was let through without a user.");

    /// <summary>Whether the user may change the course of a sweep.</summary>
    /// <param name="submittedBy">Who submitted it, <c>user@machine</c> or a token's name; null where nobody said.</param>
    public bool MayChange(string? submittedBy) => Role switch
    {
        AccessRole.Admin => true,
        AccessRole.Submitter => Caller.UserOf(submittedBy) == Name,
        _ => false,
    };
}
