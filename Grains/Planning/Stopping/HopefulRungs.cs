using System.Globalization;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Recipe;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Cycle-Hyperband that is safe enough to be the default (<see cref="RungKeep.Hopeful"/>): two lengths of the cycle, and the
/// shorter one is off until it is proven. The first configurations are trained at both whatever they reach. From then on new
/// ones begin with the short cycle where <see cref="RungCut"/> pays, and end there below its floor; where it does not pay, they
/// are trained whole at once. So a search costs at most what training everything whole does, and the first short cycles; by
/// luck a little more. docs/early-stopping.md has the study.
/// </summary>
internal static class HopefulRungs
{
    /// <summary>What a free worker is to run next; null: nothing now.</summary>
    /// <param name="table">What has finished.</param>
    /// <param name="asked">Every job given out so far, finished ones included.</param>
    /// <param name="configurations">How many configurations there are.</param>
    /// <param name="fresh">The first that has not started.</param>
    public static RungStep? Next(RungTable table, IReadOnlySet<RungJob> asked, int configurations, int fresh)
    {
        int compared = LastCompared(table, asked);
        return Promotion(table, asked, compared) ?? (fresh > configurations ? null : New(table, fresh, compared));
    }

    private static RungStep? Promotion(RungTable table, IReadOnlySet<RungJob> asked, int compared)
    {
        foreach (RungResult result in table.Rung(0))
        {
            if (result.Diverged)
            {
                return null; // ranked last: only diverged ones follow
            }

            var job = new RungJob(result.Job.Configuration, 1);
            bool first = job.Configuration <= compared;
            if ((first || !table.Cut.Pays || result.Rank >= table.Cut.Floor) && !asked.Contains(job))
            {
                return new RungStep(job, Reason(table, result.Rank, first));
            }
        }

        return null;
    }

    private static RungStep New(RungTable table, int fresh, int compared)
    {
        int top = table.Settings.TopRung;
        return fresh <= compared ? new RungStep(new RungJob(fresh, 0), $"new, one of the first {table.Settings.Compared} that are trained at both lengths")
            : table.Cut.Pays ? new RungStep(new RungJob(fresh, 0), $"new, short first: {table.Cut}")
            : new RungStep(new RungJob(fresh, top), $"new, whole at once: {table.Cut}");
    }

    private static string Reason(RungTable table, double accuracy, bool first)
    {
        string place = string.Create(
            CultureInfo.InvariantCulture, $"{100 * accuracy:0.0} % in a cycle of {RecipeContext.Epochs(table.Settings.EpochsOf(0))}");
        return first ? $"{place}, one of the first {table.Settings.Compared} that are trained at both lengths" : $"{place}; {table.Cut}";
    }

    /// <summary>
    /// Number of the last configuration that is trained at both lengths whatever it reaches: the first that began with the short
    /// cycle and have not diverged in it. Those that diverge are no comparison, and others take their place.
    /// </summary>
    private static int LastCompared(RungTable table, IReadOnlySet<RungJob> asked)
    {
        var diverged = table.Rung(0).Where(result => result.Diverged).Select(result => result.Job.Configuration).ToHashSet();
        return asked
            .Where(job => job.Rung == 0 && !diverged.Contains(job.Configuration))
            .Select(job => job.Configuration)
            .Order()
            .Skip(table.Settings.Compared - 1)
            .FirstOrDefault(int.MaxValue);
    }
}
