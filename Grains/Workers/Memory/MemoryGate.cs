using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Workers.Memory;

/// <summary>
/// Lets jobs onto a device as far as its memory goes, in the order in which they come. What a job takes is what the first steps of one like it
/// were measured to take; a job whose like was never measured is let in. A job that finds the device to itself is always let in.
/// </summary>
/// <param name="capacity">Bytes that the jobs of the device may take together.</param>
/// <param name="logger">Hears of jobs that wait.</param>
internal sealed partial class MemoryGate(Func<long> capacity, ILogger logger)
{
    private const double Mega = 1e6;

    /// <summary>Time between two looks at a job that waits: whether it is to stop, whether memory has become free elsewhere.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly object _lock = new();
    private readonly MemoryNeeds _needs = new();
    private readonly List<Stay> _inside = [];
    private readonly List<Stay> _waiting = [];

    /// <summary>Waits until there is room.</summary>
    /// <param name="job">Whose it is.</param>
    /// <param name="kind">What decides its need.</param>
    /// <param name="batch">Its batch size.</param>
    /// <param name="alone">Whether it must have the device to itself.</param>
    /// <param name="waiting">Called again and again while it waits.</param>
    /// <param name="stop">Ends the wait: the job is let in, to end by itself.</param>
    public Stay Enter(JobKey job, MemoryKind kind, int batch, bool alone, Action waiting, CancellationToken stop)
    {
        var stay = new Stay(this, kind, batch, alone);
        lock (_lock)
        {
            _waiting.Add(stay);
            bool said = false;
            while (!stop.IsCancellationRequested && !(_waiting[0] == stay && HasRoom(stay)))
            {
                if (!said)
                {
                    said = true;
                    (double need, double taken, double whole) = ((NeedOf(stay) ?? 0) / Mega, Taken / Mega, capacity() / Mega);
                    LogWaits(job, need, _inside.Count, taken, whole);
                }

                waiting();
                Monitor.Wait(_lock, Look);
            }

            _waiting.Remove(stay);
            foreach (Stay other in _inside)
            {
                other.HadCompany = stay.HadCompany = true;
            }

            _inside.Add(stay);
            Monitor.PulseAll(_lock); // the next one may fit, too
            return stay;
        }
    }

    private bool HasRoom(Stay stay) =>
        _inside.Count == 0
        || (!stay.Alone && !_inside.Exists(other => other.Alone)
            && (NeedOf(stay) is not { } need || need + Taken <= capacity()));

    private long Taken => _inside.Sum(other => NeedOf(other) ?? 0);

    private long? NeedOf(Stay stay) => _needs.Of(stay.Kind, stay.Batch);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} waits for memory: it takes {Need:0.#} MB; the jobs on the device, {Count}, take {Taken:0.#} of {Capacity:0.#} MB")]
    private partial void LogWaits(JobKey job, double need, int count, double taken, double capacity);

    /// <summary>A job on the device, until it is disposed of.</summary>
    public sealed class Stay(MemoryGate gate, MemoryKind kind, int batch, bool alone) : IDisposable
    {
        /// <summary>What decides its need.</summary>
        internal MemoryKind Kind => kind;

        /// <summary>Its batch size.</summary>
        internal int Batch => batch;

        /// <summary>Whether nobody else is let in.</summary>
        internal bool Alone => alone;

        /// <summary>Whether others were on the device at some time of its stay.</summary>
        public bool HadCompany { get; internal set; }

        /// <summary>Notes what its steps were measured to take.</summary>
        public void Measured(long bytes)
        {
            lock (gate._lock)
            {
                gate._needs.Add(kind, batch, bytes);
            }
        }

        /// <inheritdoc />
        public void Dispose()
        {
            lock (gate._lock)
            {
                gate._inside.Remove(this);
                Monitor.PulseAll(gate._lock);
            }
        }
    }
}
