using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Sweeper.Silo.Page.Access;

/// <summary>Codes that let one browser in, once: what a console may print without giving the key away.</summary>
/// <param name="clock">Time.</param>
internal sealed class SignInCodes(TimeProvider clock)
{
    /// <summary>Time that a code lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const int Bytes = 20;
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _codes = new();

    /// <summary>A new code.</summary>
    public string Create()
    {
        foreach ((string old, DateTimeOffset end) in _codes)
        {
            if (end <= clock.GetUtcNow())
            {
                _codes.TryRemove(old, out _);
            }
        }

        while (_codes.Count >= Most)
        {
            _codes.TryRemove(_codes.MinBy(pair => pair.Value).Key, out _);
        }

        string code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        _codes[code] = clock.GetUtcNow() + Lifetime;
        return code;
    }

    /// <summary>Takes a code; the second time it is none.</summary>
    public bool Take(string code) => _codes.TryRemove(code, out DateTimeOffset end) && end > clock.GetUtcNow();
}
