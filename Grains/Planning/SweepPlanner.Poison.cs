using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>
/// Configurations that kill: for want of memory, or by a fault of a native library. Which job of a silo killed it nobody can
/// tell; one during whose attempts silos died time and again is not let near another.
/// </summary>
internal static partial class SweepPlanner
{
    /// <summary>Deaths after which a configuration is quarantined, where the spec does not allow more attempts than usual.</summary>
    private const int FewestDeaths = 2;

    /// <summary>How many deaths fewer than attempts are allowed: a spec for machines that come and go allows many of both.</summary>
    private const int AttemptsBeyondDeaths = 3;

    private static SweepState Blame(SweepState state, JobKey key, string silo)
    {
        if (key.Kind == JobKind.Trial)
        {
            TrialState trial = state.Trial(key.Number);
            return state.With(trial with { Deaths = trial.Deaths.Add(silo) });
        }

        CellState cell = state.Cell(key.Number);
        return state.With(cell with { Deaths = cell.Deaths.Add(silo) });
    }

    private static SweepState Absolve(SweepState state, JobKey key) => key.Kind == JobKind.Trial
        ? state.With(state.Trial(key.Number) with { Deaths = [] })
        : state.With(state.Cell(key.Number) with { Deaths = [] });

    /// <summary>Whether silos enough have died under a configuration, by whichever of its trials. One silo that ran several of them died once.</summary>
    private static bool IsPoison(SweepState state, JobKey key, out ImmutableArray<string> deaths)
    {
        IEnumerable<string> all = key.Kind == JobKind.Trial
            ? SameConfiguration(state, key).SelectMany(trial => trial.Deaths)
            : state.Cell(key.Number).Deaths;
        deaths = [.. all.Distinct()];
        return deaths.Length >= Math.Max(FewestDeaths, state.Spec.Limits.Attempts - AttemptsBeyondDeaths);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Quarantine(SweepState state, JobKey key, ImmutableArray<string> deaths)
    {
        IEnumerable<string> nodes = deaths.Select(silo => silo[..silo.LastIndexOf('@')]).Distinct();
        string reason = $"quarantined: {deaths.Length} silos died while it ran ({string.Join(", ", nodes)}); `sweeper retry {key.Sweep} {key.ShortName}` tries it again";
        var outcome = new JobOutcome.Failed(reason, WorkerLost: true);
        SweepState next = Finish(state, key, outcome, null);
        if (key.Kind == JobKind.RangeTest)
        {
            return (next, Nothing);
        }

        var stops = ImmutableArray.CreateBuilder<SweepCommand>();
        foreach (TrialState other in SameConfiguration(state, key).Where(trial => trial.Record.Number != key.Number))
        {
            JobKey twin = key with { Number = other.Record.Number };
            if (other.Record.Status == JobStatus.Ready)
            {
                next = Finish(next, twin, outcome, null);
            }
            else if (next.Running.TryGetValue(twin, out Assignment? job) && job.StopReason is null)
            {
                next = next with { Running = next.Running.SetItem(twin, job with { StopReason = reason }) };
                stops.Add(new SweepCommand.Stop(job.Lease.Worker, twin, job.Attempt, reason));
            }
        }

        return (next, stops.ToImmutable());
    }

    private static IEnumerable<TrialState> SameConfiguration(SweepState state, JobKey key)
    {
        Configuration configuration = state.Trial(key.Number).Record.Configuration;
        return state.Trials.Where(trial => trial.Record.Configuration == configuration);
    }
}
