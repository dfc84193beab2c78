using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis.Claims;

/// <summary>Configurations that may stand for a schedule.</summary>
internal static class Candidates
{
    /// <summary>Seeds that an interval needs.</summary>
    public const int FewestSeeds = 3;

    /// <summary>
    /// Readings of a schedule's configurations. One that diverged with any seed is left out, and where some were replicated
    /// with three seeds only those count: the best of many single runs owes much to luck.
    /// </summary>
    /// <param name="finished">Finished trials of every schedule.</param>
    /// <param name="diverged">Configurations that diverged with some seed.</param>
    /// <param name="schedule">The schedule.</param>
    public static ImmutableArray<SeedReadings> Of(IEnumerable<Outcome> finished, ImmutableHashSet<TrialSetting> diverged, ScheduleKind schedule)
    {
        ImmutableArray<SeedReadings> all =
        [
            .. finished
                .Where(outcome => outcome.Trial.Schedule == schedule && !diverged.Contains(outcome.Trial.Setting))
                .GroupBy(outcome => outcome.Trial.Setting)
                .Select(group => (Outcome[])[.. group.OrderBy(outcome => outcome.Trial.Number)])
                .Select(group => schedule == ScheduleKind.OneCycle ? SeedReadings.AtEnd(group) : SeedReadings.AlongTheWay(group)),
        ];
        ImmutableArray<SeedReadings> replicated = [.. all.Where(readings => readings.Seeds >= FewestSeeds)];
        return replicated.IsEmpty ? all : replicated;
    }
}
