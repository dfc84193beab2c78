namespace Sweeper.Grains.Planning.Samplers;

/// <summary>Keeps a sampler from suggesting what the history holds already: the same point would be the same trial once more.</summary>
internal static class Fresh
{
    /// <summary>Attempts before a repeated point is let through; a space with that few others left is all but exhausted.</summary>
    private const int MostAttempts = 1_000;

    /// <summary>Whether a point is in a history.</summary>
    public static Func<Point, bool> Known(IReadOnlyList<Observation> history)
    {
        if (history is IKnownPoints known)
        {
            return known.Holds;
        }

        HashSet<Point> points = [.. history.Select(observation => observation.Point)];
        return points.Contains;
    }

    /// <summary>The first attempt that is new; after <see cref="MostAttempts"/> the last one, new or not.</summary>
    /// <param name="history">Points suggested so far.</param>
    /// <param name="attempt">Makes a point; called with 0, 1, 2 …</param>
    public static Point Of(IReadOnlyList<Observation> history, Func<int, Point> attempt)
    {
        Func<Point, bool> isKnown = Known(history);
        Point point = attempt(0);
        for (int number = 1; number < MostAttempts && isKnown(point); number++)
        {
            point = attempt(number);
        }

        return point;
    }
}
