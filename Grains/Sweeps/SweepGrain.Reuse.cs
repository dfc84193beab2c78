using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Sweeps;

/// <summary>Results that the store has already.</summary>
internal sealed partial class SweepGrain
{
    /// <summary>
    /// The result of the job that would take a slot, where the very same job has ended on the same platform with the same data.
    /// Single jobs (<c>range-test</c>, <c>verify-resume</c>) are there to be run, and those of a population for their weights.
    /// </summary>
    /// <param name="granted">The slot.</param>
    /// <param name="decision">Who takes it otherwise: choosing a configuration may be dear, so it is not done twice.</param>
    private async Task<(SweepEvent.Reused Reused, StoredCurves? Curves)?> FindReusableAsync(SweepEvent.SlotGranted granted, Decision decision)
    {
        SweepState state = decision.Before;
        SlotLease lease = granted.Lease;
        if (MayReuse(state.Spec, decision.Commands.OfType<SweepCommand.Start>().FirstOrDefault()?.Ticket ?? SweepPlanner.Peek(state, lease)) is not { } ticket)
        {
            return null;
        }

        Ranking ranking = state.Spec.Search.Ranking;
        ImmutableArray<EndedJob> same = await store.FindEndedAsync(ticket.Key.Kind, JobIdentity.Of(ticket), CancellationToken.None);
        if (same.IsEmpty || await IdentifyAsync(lease.Worker, state.Spec) is not { } here)
        {
            return null;
        }

        if (same.FirstOrDefault(job => job.Run.Platform == here.Platform && job.Run.DataHash == here.DataHash && Says(job.Outcome, ranking)) is not { } found)
        {
            return null;
        }

        JobCurves? curves = await store.ReadCurvesAsync(found.Key, CancellationToken.None);
        RunInfo run = found.Run with { ReusedFrom = found.Run.ReusedFrom ?? found.Key };
        JobOutcome outcome = found.Outcome is JobOutcome.Trained trained ? new JobOutcome.Trained(trained.Score) : found.Outcome; // an audit was of that sweep's rule
        return (
            new SweepEvent.Reused(lease, ticket.Key, outcome, run, clock.GetUtcNow()),
            curves is null ? null : new StoredCurves(ticket.Key, 0, curves));
    }

    /// <summary>How many decisions, from the first on, start no job that may have ended in some sweep before.</summary>
    private async Task<int> CountFreshAsync(IReadOnlyList<Decision> decisions)
    {
        (JobKind Kind, string Fingerprint)?[] started =
        [
            .. decisions.Select(decision => MayReuse(decision.Before.Spec, decision.Commands.OfType<SweepCommand.Start>().FirstOrDefault()?.Ticket) is { } ticket
                ? (ticket.Key.Kind, JobIdentity.Of(ticket))
                : ((JobKind, string)?)null),
        ];
        var known = new HashSet<(JobKind, string)>();
        foreach (var kind in started.OfType<(JobKind Kind, string Fingerprint)>().GroupBy(job => job.Kind))
        {
            string[] asked = [.. kind.Select(job => job.Fingerprint).Distinct()];
            known.UnionWith((await store.FindKnownAsync(kind.Key, asked, CancellationToken.None)).Select(fingerprint => (kind.Key, fingerprint)));
        }

        int first = Array.FindIndex(started, job => job is { } one && known.Contains(one));
        return first < 0 ? decisions.Count : first;
    }

    /// <summary>A job where an earlier result may stand for it; null otherwise.</summary>
    private static JobTicket? MayReuse(SweepSpec spec, JobTicket? ticket) =>
        spec is { Purpose: SweepPurpose.Search, Search.Reuse: true } && ticket is { Plan: null or { Lineage: null } } ? ticket : null;

    /// <summary>Whether a result has the value that the sweep ranks by: earlier versions measured accuracy and loss alone.</summary>
    private static bool Says(JobOutcome outcome, Ranking ranking) => outcome is not JobOutcome.Trained trained || trained.Score.Value(ranking) is not null;

    /// <summary>What decides numbers on a worker; null where it does not say in time: the job then runs.</summary>
    private async Task<EngineIdentity?> IdentifyAsync(WorkerKey worker, SweepSpec spec)
    {
        try
        {
            return await WorkerOf(worker).IdentifyAsync(spec);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            LogMessageLost(Name, $"the question what {worker} is", error);
            return null;
        }
    }
}
