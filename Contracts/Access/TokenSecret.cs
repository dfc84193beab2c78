using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Sweeper.Contracts.Access;

/// <summary>The secret of a token: whoever made it is shown it once, everybody else keeps its hash.</summary>
/// <remarks>
/// A secret has 256 random bits, so a plain SHA-256 is right: nobody can try them all, and there is nothing for a slow hash to
/// slow down. Passwords, which people choose, would need one.
/// </remarks>
public static partial class TokenSecret
{
    /// <summary>Begins every secret, so that scanners for leaked secrets find it.</summary>
    public const string Prefix = "swp_";

    private const int Bytes = 32;

    private static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(Bytes);

    // Whom the audit log names where no token was shown.
    private static readonly string[] Reserved = ["owner", "sweeper", "unknown"];

    /// <summary>A new secret.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text has the form of a secret.</summary>
    public static bool HasForm(string text) => text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>SHA-256 of a secret, hexadecimal: what the store keeps.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>What is wrong with the name of a user; null: nothing.</summary>
    public static string? ComplaintOf(string name) =>
        !NameForm().IsMatch(name) ? "letters, digits, '.', '_' and '-' are expected, at most 63"
        : Reserved.Contains(name, StringComparer.OrdinalIgnoreCase) ? "the audit log has this name for somebody else"
        : null;

    /// <summary>Whether a text is a hash of <see cref="HashOf"/>.</summary>
    public static bool IsHash(string text) => HashForm().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex HashForm();
}
