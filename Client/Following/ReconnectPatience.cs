using System.Diagnostics;

namespace Sweeper.Client.Following;

/// <summary>How long a cluster that answered before is asked again: longer than its silos take to give up one that died, or to start anew.</summary>
internal sealed class ReconnectPatience
{
    /// <summary>Longest time without a view.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private long _lastView = Stopwatch.GetTimestamp();

    /// <summary>A connection was lost.</summary>
    /// <param name="sawViews">Whether it had shown something before.</param>
    public void Note(bool sawViews)
    {
        if (sawViews)
        {
            _lastView = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Whether the cluster is asked once more.</summary>
    public bool AllowsAnother() => Stopwatch.GetElapsedTime(_lastView) < Limit;
}
