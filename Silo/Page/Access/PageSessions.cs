using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Sweeper.Silo.Page.Access;

/// <summary>Who is signed in: whoever holds a token that this data folder's key has signed and that has not run out.</summary>
/// <param name="key">The folder's key.</param>
/// <param name="clock">Time.</param>
internal sealed class PageSessions(PageKey key, TimeProvider clock)
{
    /// <summary>Time that a session lasts; one that is used is renewed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const int EndBytes = 8;
    private const int NonceBytes = 16;
    private const int TokenBytes = 16;
    private const int HeadBytes = EndBytes + NonceBytes + TokenBytes;

    private readonly byte[] _signing = key.For("session");
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new();

    /// <summary>Name of the cookie: cookies are not kept apart by port, so each data folder has one of its own.</summary>
    public string CookieName { get; } = "sweeper-" + Convert.ToHexStringLower(key.For("cookie"))[..8];

    /// <summary>A token of a new session.</summary>
    /// <param name="user">Token of the user that it is for; null: the owner of the folder.</param>
    public string Begin(Guid? user = null)
    {
        byte[] token = new byte[HeadBytes + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(token.AsSpan(EndBytes, NonceBytes));
        (user ?? Guid.Empty).TryWriteBytes(token.AsSpan(EndBytes + NonceBytes, TokenBytes));
        HMACSHA256.HashData(_signing, token.AsSpan(0, HeadBytes), token.AsSpan(HeadBytes));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whether a token is one of a session that lasts.</summary>
    /// <param name="token">Token; null: none.</param>
    /// <param name="renew">Whether half of its time has passed.</param>
    public bool IsValid(string? token, out bool renew)
    {
        renew = false;
        if (token is null || EndOf(token) is not { } end || end <= clock.GetUtcNow() || _ended.ContainsKey(token))
        {
            return false;
        }

        renew = end - clock.GetUtcNow() < Lifetime / 2;
        return true;
    }

    /// <summary>The user's token that a session was begun with; null: the owner's session, or none.</summary>
    public Guid? TokenOf(string token)
    {
        Span<byte> bytes = stackalloc byte[HeadBytes + HMACSHA256.HashSizeInBytes];
        return EndOf(token, bytes) is not null && new Guid(bytes.Slice(EndBytes + NonceBytes, TokenBytes)) is var user && user != Guid.Empty ? user : null;
    }

    /// <summary>Ends a session before its time.</summary>
    public void End(string token)
    {
        if (EndOf(token) is not { } end)
        {
            return;
        }

        foreach ((string old, DateTimeOffset over) in _ended)
        {
            if (over <= clock.GetUtcNow())
            {
                _ended.TryRemove(old, out _);
            }
        }

        _ended[token] = end;
    }

    /// <summary>When a token runs out; null where this key has not signed it.</summary>
    private DateTimeOffset? EndOf(string token)
    {
        Span<byte> bytes = stackalloc byte[HeadBytes + HMACSHA256.HashSizeInBytes];
        return EndOf(token, bytes);
    }

    private DateTimeOffset? EndOf(string token, Span<byte> bytes)
    {
        if (token.Length != Base64Url.GetEncodedLength(bytes.Length) || !Base64Url.TryDecodeFromChars(token, bytes, out int length) || length != bytes.Length)
        {
            return null;
        }

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_signing, bytes[..HeadBytes], signature);
        return CryptographicOperations.FixedTimeEquals(signature, bytes[HeadBytes..])
            ? DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes))
            : null;
    }
}
