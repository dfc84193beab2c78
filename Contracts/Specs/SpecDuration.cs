using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs;

/// <summary>Durations as specs write them, for other places that take one.</summary>
public static class SpecDuration
{
    /// <summary>Reads <c>90s</c>, <c>1h30m</c>, <c>7d</c>; null where it is none.</summary>
    public static TimeSpan? Read(string text) => DurationText.TryRead(text, out TimeSpan value) ? value : null;
}
