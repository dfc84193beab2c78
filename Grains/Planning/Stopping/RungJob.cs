namespace Sweeper.Grains.Planning.Stopping;

/// <summary>One complete cycle of a configuration at the length of a rung.</summary>
/// <param name="Configuration">Number of the configuration, from 1.</param>
/// <param name="Rung">Rung, from 0.</param>
internal readonly record struct RungJob(int Configuration, int Rung);

/// <summary>How such a cycle ended.</summary>
/// <param name="Job">Which.</param>
/// <param name="Accuracy">Validation accuracy of the annealed network, in [0, 1]; null where it diverged or was stopped for safety: worse than any.</param>
internal sealed record RungResult(RungJob Job, double? Accuracy) : IComparable<RungResult>
{
    /// <summary>Whether it reached no score.</summary>
    public bool Diverged => Accuracy is null;

    /// <summary>What it counts as in a ranking: a diverged one is below every accuracy, and level with other diverged ones.</summary>
    public double Rank => Accuracy ?? -1;

    /// <summary>Order of a rung: best accuracy first, diverged last, ties by number.</summary>
    public int CompareTo(RungResult? other)
    {
        if (other is null)
        {
            return -1;
        }

        int byAccuracy = other.Rank.CompareTo(Rank);
        return byAccuracy != 0 ? byAccuracy : Job.Configuration.CompareTo(other.Job.Configuration);
    }
}
