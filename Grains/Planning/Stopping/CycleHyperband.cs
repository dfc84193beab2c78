using System.Globalization;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Recipe;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Successive halving whose fidelity is the length of the cycle: every rung is a complete, annealed 1cycle from scratch, so
/// that ranks compare what the networks are, not where in their cycle they stand. Promotion is asynchronous as in ASHA
/// (Li et al., arXiv:1810.05934); a bracket without halving is Hyperband's guard (arXiv:1603.06560) against short cycles that
/// mislead. Ours: the length of the cycle as the fidelity, and halving that switches itself off. Which configurations go on is
/// one of two rules: the best of each length (here), or whatever is hopeful (<see cref="HopefulRungs"/>).
/// </summary>
/// <remarks>
/// <para>What does not depend on the order of arrival: the next job is a function of the set of results and of what was asked
/// already; once everything asked for has finished, the best 1/eta of the shortest rung has been promoted, and so has
/// everything in the bracket without halving; nothing that diverged ever is.</para>
/// <para>What does: a result that was in the best 1/eta when few had finished is promoted then and stays so, even if later ones
/// push it out. That is the price of never waiting; the set of such extra promotions depends on the order.</para>
/// </remarks>
internal static class CycleHyperband
{
    /// <summary>What a free worker is to run next; null: nothing now (more may follow once running cycles end).</summary>
    /// <param name="table">What has finished.</param>
    /// <param name="asked">Every job given out so far, finished ones included.</param>
    /// <param name="configurations">How many configurations there are; they are started in order of their numbers, from 1.</param>
    public static RungStep? Next(RungTable table, IReadOnlySet<RungJob> asked, int configurations) =>
        Next(table, asked, configurations, FirstNotAsked(asked, configurations));

    /// <summary>What a free worker is to run next; null: nothing now (more may follow once running cycles end).</summary>
    /// <param name="table">What has finished.</param>
    /// <param name="asked">Every job given out so far, finished ones included.</param>
    /// <param name="configurations">How many configurations there are; they are started in order of their numbers, from 1.</param>
    /// <param name="fresh">The first that has not started.</param>
    public static RungStep? Next(RungTable table, IReadOnlySet<RungJob> asked, int configurations, int fresh)
    {
        if (table.Settings.Keep == RungKeep.Hopeful)
        {
            return HopefulRungs.Next(table, asked, configurations, fresh);
        }

        bool settled = fresh > configurations && asked.Count == Finished(table);
        for (int rung = table.Settings.TopRung - 1; rung >= 0; rung--)
        {
            if (Promotion(table, rung, asked, settled) is { } promotion)
            {
                return promotion;
            }
        }

        if (fresh > configurations)
        {
            return null;
        }

        bool whole = table.Settings.ClimbsWhole(fresh);
        return new RungStep(
            new RungJob(fresh, whole ? 0 : table.FirstRung()),
            whole ? "new, in the bracket without halving" : "new");
    }

    /// <summary>How many of a rung may be promoted by rank: one in eta, rounded down; at least one once nothing else can happen.</summary>
    /// <param name="table">What has finished.</param>
    /// <param name="rung">Rung to promote from.</param>
    /// <param name="settled">Whether every configuration was started and every job has finished.</param>
    public static int Quota(RungTable table, int rung, bool settled) =>
        Math.Max(table.Rung(rung).Count / table.Settings.Eta, settled ? 1 : 0);

    private static RungStep? Promotion(RungTable table, int rung, IReadOnlySet<RungJob> asked, bool settled)
    {
        CycleHyperbandSettings settings = table.Settings;
        int quota = Quota(table, rung, settled);
        int rank = 0;
        foreach (RungResult result in table.Rung(rung))
        {
            rank++;
            if (result.Diverged)
            {
                return null; // ranked last: only diverged ones follow
            }

            var job = new RungJob(result.Job.Configuration, rung + 1);
            bool inTop = rank <= quota;
            if ((inTop || settings.ClimbsWhole(job.Configuration) || !table.Correlation(rung).HalvingOn) && !asked.Contains(job))
            {
                return new RungStep(job, Reason(table, rung, rank, inTop));
            }
        }

        return null;
    }

    private static string Reason(RungTable table, int rung, int rank, bool inTop)
    {
        string place = string.Create(
            CultureInfo.InvariantCulture,
            $"rank {rank} of {table.Rung(rung).Count} in cycles of {RecipeContext.Epochs(table.Settings.EpochsOf(rung))}");
        return inTop ? $"{place}, in the best 1/{table.Settings.Eta}"
            : table.Correlation(rung).HalvingOn ? $"{place}, in the bracket without halving"
            : $"{place}, {table.Correlation(rung)}";
    }

    private static int FirstNotAsked(IReadOnlySet<RungJob> asked, int configurations)
    {
        var started = asked.Select(job => job.Configuration).ToHashSet();
        return Enumerable.Range(1, configurations).FirstOrDefault(number => !started.Contains(number), configurations + 1);
    }

    private static int Finished(RungTable table) =>
        Enumerable.Range(0, table.Settings.TopRung + 1).Sum(rung => table.Rung(rung).Count);
}

/// <summary>What to run next, and why.</summary>
/// <param name="Job">Cycle to run.</param>
/// <param name="Reason">Why this one, for a person.</param>
internal sealed record RungStep(RungJob Job, string Reason);
