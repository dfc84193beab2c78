using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Workers;

/// <summary>
/// Jobs of a device that wait behind those that run, one behind each. What was called back, or came too late to wait, is remembered for a
/// while: it must not start after its coordinator was told that it never will. Not thread-safe.
/// </summary>
internal sealed class WaitingJobs
{
    /// <summary>Prefetches that are remembered: a message that is overtaken is not overtaken by so many.</summary>
    private const int Remembered = 1024;

    private readonly Dictionary<AttemptKey, DeviceJob> _behind = [];
    private readonly Queue<(JobKey Key, long Prefetch)> _inOrder = new();
    private readonly HashSet<(JobKey Key, long Prefetch)> _refused = [];

    /// <summary>Has a job wait for the end of another.</summary>
    /// <returns>False where a third waits there, or the job has been called back.</returns>
    public bool TryAdd(DeviceJob job) =>
        !_refused.Contains((job.Ticket.Key, job.Ticket.Prefetch)) && job.Ticket.After is { } running && _behind.TryAdd(running, job);

    /// <summary>Whether an attempt waits.</summary>
    public bool Has(JobKey key, int attempt) => _behind.Values.Any(job => job.Ticket.Key == key && job.Ticket.Attempt == attempt);

    /// <summary>Whether the very ticket is here already.</summary>
    public bool IsKnown(JobTicket ticket) => Find(ticket.Key, ticket.Prefetch) is not null;

    /// <summary>Calls an attempt back.</summary>
    public void RefuseAttempt(JobKey key, int attempt)
    {
        if (_behind.Values.FirstOrDefault(job => job.Ticket.Key == key && job.Ticket.Attempt == attempt) is { } waiting)
        {
            Refuse(key, waiting.Ticket.Prefetch);
        }
    }

    /// <summary>Calls a job back, or refuses it before it comes.</summary>
    public void Refuse(JobKey key, long prefetch)
    {
        if (Find(key, prefetch) is { } waiting)
        {
            _behind.Remove(waiting.Ticket.After!.Value); // or it could not wait
            waiting.Dispose();
        }

        if (_refused.Add((key, prefetch)))
        {
            _inOrder.Enqueue((key, prefetch));
            if (_inOrder.Count > Remembered)
            {
                _refused.Remove(_inOrder.Dequeue());
            }
        }
    }

    /// <summary>Takes out the job that waits for the end of another; null: none does.</summary>
    public DeviceJob? TakeBehind(JobTicket running)
    {
        _behind.Remove(new AttemptKey(running.Key, running.Attempt), out DeviceJob? job);
        return job;
    }

    private DeviceJob? Find(JobKey key, long prefetch) =>
        _behind.Values.FirstOrDefault(job => job.Ticket.Key == key && job.Ticket.Prefetch == prefetch);
}
