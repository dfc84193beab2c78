using System.Globalization;

namespace Sweeper.Contracts.Access;

/// <summary>Who makes a request, and from where; travels with the calls that it leads to.</summary>
/// <param name="By">User: <c>user@machine</c> of a console, name of a token on the page.</param>
/// <param name="From">Which door: a console on a machine, or an address at the page of a node.</param>
public sealed record Caller(string By, string From)
{
    private const string ByKey = "sweeper.by";
    private const string FromKey = "sweeper.from";
    private const int MostLetters = 200;

    /// <summary>Who made the request that is being answered; null where nobody said.</summary>
    public static Caller? Current => RequestContext.Get(ByKey) is string by
        ? new Caller(Clean(by), Clean(RequestContext.Get(FromKey) as string ?? ""))
        : null;

    /// <summary>Lets further calls say that they are this caller's.</summary>
    public void Speak()
    {
        RequestContext.Set(ByKey, By);
        RequestContext.Set(FromKey, From);
    }

    /// <summary>Name of the user in <c>user@machine</c>; empty where there is none.</summary>
    public static string UserOf(string? by) => by is null ? "" : by.Split('@')[0];

    /// <summary>One line that a terminal takes: what a client says of itself may hold anything.</summary>
    public static string Clean(string text)
    {
        string bounded = text.Length <= MostLetters ? text : text[..MostLetters];
        return string.Concat(bounded.Select(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.Surrogate ? '?' : letter));
    }
}
