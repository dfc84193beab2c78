using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>Whether running jobs are still where they were started.</summary>
internal sealed partial class SweepGrain
{
    private readonly JobSilence _silence = new();

    /// <summary>Whether a worker has a job.</summary>
    private enum Presence
    {
        /// <summary>It has: at work, or ended and not yet taken.</summary>
        There,

        /// <summary>It has not.</summary>
        Gone,

        /// <summary>It has not: the silo that had it is gone, and the node has another one.</summary>
        GoneWithItsSilo,

        /// <summary>It has not: its silo, which is a cluster by itself, crashed, and this is another one.</summary>
        GoneInACrash,

        /// <summary>Its silo is not part of the cluster: it has died, or is only starting.</summary>
        NodeGone,

        /// <summary>It does not answer: it hangs, has more to do than it can, or has just died.</summary>
        NoAnswer,
    }

    private const string Crashed = "its silo crashed";

    /// <summary>When the silo of the worker started, where the one before it crashed.</summary>
    private DateTimeOffset? _crashedBefore;

    private async Task<Presence> FindAsync(JobKey key, Assignment job)
    {
        try
        {
            JobPresence answer = await WorkerOf(job.Lease.Worker).HasAsync(key, job.Attempt);
            _crashedBefore = answer.CrashedBefore;
            return answer.IsThere ? Presence.There
                : job.StartedAt < answer.CrashedBefore ? Presence.GoneInACrash
                : answer.Generation == job.Lease.Generation ? Presence.Gone
                : Presence.GoneWithItsSilo;
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            LogMessageLost(Name, $"the question for {key.ShortName}", error);
            return error is SiloUnavailableException ? Presence.NodeGone : Presence.NoAnswer;
        }
    }

    private void AskTheSilent()
    {
        if (_state is not { } state)
        {
            return;
        }

        foreach ((JobKey key, Assignment job) in _silence.Silent(state.Running, clock.GetUtcNow()))
        {
            _ = AskAsync(key, job);
        }
    }

    /// <summary>Not awaited by the tick: a worker that hangs takes its time.</summary>
    private async Task AskAsync(JobKey key, Assignment job)
    {
        switch (await FindAsync(key, job))
        {
            case Presence.There:
                _silence.Heard(key, job.Attempt, clock.GetUtcNow());
                break;
            case Presence.Gone:
                Lose(job, $"{job.Lease.Worker} no longer has it");
                break;
            case Presence.GoneWithItsSilo:
                Lose(job, $"the silo of node {job.Lease.Worker.Node} was started anew");
                break;
            case Presence.GoneInACrash:
                Lose(job, Crashed);
                break;
            case Presence.NodeGone when _silence.Missed(key, job.Attempt, gone: true):
                Lose(job, $"node {job.Lease.Worker.Node} is gone");
                break;
            case Presence.NoAnswer when _silence.Missed(key, job.Attempt, gone: false):
                Lose(job, $"{job.Lease.Worker} does not answer");
                break;
        }
    }

    private void Lose(Assignment job, string reason) =>
        Post("the loss of a job", this.AsReference<ISweepReports>().LoseAsync(job.Lease.Id, reason));

    /// <summary>The event of a job whose worker is gone.</summary>
    /// <param name="key">Which job.</param>
    /// <param name="job">Where it ran.</param>
    /// <param name="reason">What happened.</param>
    /// <param name="where">
    /// Whether its silo died with it. A silo that is a cluster by itself is ended by its users, as they like: that tells nothing of the job, but for
    /// a crash, which only native code brings about.
    /// </param>
    private SweepEvent.JobLost Lost(JobKey key, Assignment job, string reason, Presence where) => new(
        key,
        job.Attempt,
        reason,
        HandedBack: false,
        clock.GetUtcNow(),
        where switch
        {
            Presence.GoneInACrash => $"{job.Lease.Worker.Node}@{_crashedBefore?.ToUnixTimeMilliseconds()}",
            Presence.NodeGone => $"{job.Lease.Worker.Node}@{job.Lease.Generation}",
            Presence.GoneWithItsSilo when job.Lease.Generation != 0 => $"{job.Lease.Worker.Node}@{job.Lease.Generation}",
            _ => null,
        });
}
