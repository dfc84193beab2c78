namespace Sweeper.Grains.Store.Rows;

/// <summary>Something of a sweep.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Value">The thing.</param>
/// <param name="Fingerprint">What tells that another result is the same; null where that is not asked.</param>
internal readonly record struct Owned<T>(string Sweep, T Value, string? Fingerprint = null)
{
    /// <summary>The things with their sweep's name.</summary>
    public static Owned<T>[] All(string sweep, IEnumerable<T> values) => [.. values.Select(value => new Owned<T>(sweep, value))];

    /// <summary>The things with their sweep's name and their fingerprints.</summary>
    public static Owned<T>[] All(string sweep, IEnumerable<T> values, Func<T, string?> fingerprint) =>
        [.. values.Select(value => new Owned<T>(sweep, value, fingerprint(value)))];
}
