namespace Sweeper.Grains.Store.Rows;

/// <summary>Something of a sweep.</summary>
/// <typeparam name="T">What it is.</typeparam>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Value">The thing.</param>
internal readonly record struct Owned<T>(string Sweep, T Value)
{
    /// <summary>The things with their sweep's name.</summary>
    public static Owned<T>[] All(string sweep, IEnumerable<T> values) => [.. values.Select(value => new Owned<T>(sweep, value))];
}
