using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Accuracy against the length of the cycle: the best configuration at each length, and the shortest length that is good enough.</summary>
/// <param name="Points">One for each length at which something reached a score, shortest first.</param>
/// <param name="Shortest">Shortest length whose best is within epsilon of the best of all; null before the first score.</param>
internal sealed record CycleFrontier(ImmutableArray<FrontierPoint> Points, FrontierPoint? Shortest)
{
    /// <summary>The frontier of what has finished.</summary>
    public static CycleFrontier Of(RungTable table)
    {
        var points = ImmutableArray.CreateBuilder<FrontierPoint>();
        for (int rung = 0; rung <= table.Settings.TopRung; rung++)
        {
            if (table.Rung(rung) is [{ Accuracy: { } best } first, ..] finished)
            {
                points.Add(new FrontierPoint(table.Settings.EpochsOf(rung), finished.Count, first.Job.Configuration, best));
            }
        }

        return Of(points.ToImmutable(), table.Settings.Epsilon);
    }

    /// <summary>The frontier of the best at each length.</summary>
    /// <param name="points">One for each length at which something reached a score, shortest first.</param>
    /// <param name="epsilon">Accuracy by which the shortest may fall behind the best; in [0, 1].</param>
    public static CycleFrontier Of(ImmutableArray<FrontierPoint> points, double epsilon)
    {
        double enough = points.Select(point => point.Accuracy).DefaultIfEmpty(0).Max() - epsilon;
        return new CycleFrontier(points, points.FirstOrDefault(point => point.Accuracy >= enough));
    }
}

/// <summary>The best configuration at one length of the cycle.</summary>
/// <param name="Epochs">Length of the cycle, epochs.</param>
/// <param name="Finished">Configurations that ran it to its end or diverged in it.</param>
/// <param name="Best">Number of the best one.</param>
/// <param name="Accuracy">Its validation accuracy; the best of several, so a little optimistic.</param>
internal sealed record FrontierPoint(double Epochs, int Finished, int Best, double Accuracy);
