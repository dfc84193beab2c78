using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Prediction;

namespace Sweeper.Grains.Store;

/// <summary>
/// The one durable place: sweeps, their events, cells, trials, attempts and curves. Grains keep nothing else on disk;
/// a coordinator rebuilds itself by folding the planner over the events that it reads here.
/// </summary>
public interface ISweepStore : IAsyncDisposable
{
    /// <summary>Where it is, for a person, without secrets.</summary>
    string Description { get; }

    /// <summary>Device time of users, in the same place.</summary>
    IDeviceTimeStore DeviceTime { get; }

    /// <summary>Tokens and the audit log, in the same place.</summary>
    IAccessStore Access { get; }

    /// <summary>Creates or migrates the schema.</summary>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="Contracts.Errors.StoreUnavailableException">
    /// The store cannot be reached or written, or its schema is newer than this program.
    /// </exception>
    Task OpenAsync(CancellationToken stop);

    /// <summary>
    /// Appends events with the rows that they change, all or nothing. Durable when the task ends. Writes that wait at the
    /// same time share a transaction.
    /// </summary>
    /// <param name="write">What to append.</param>
    /// <param name="stop">Gives up waiting; the write may still happen.</param>
    /// <exception cref="SweepWriteConflictException">Another writer has already appended an event of that number.</exception>
    /// <exception cref="Contracts.Errors.StoreUnavailableException">The store cannot be written.</exception>
    Task AppendAsync(SweepWrite write, CancellationToken stop);

    /// <summary>A sweep's spec and events in order; null where there is no such sweep.</summary>
    Task<StoredSweep?> ReadEventsAsync(string sweep, CancellationToken stop);

    /// <summary>A sweep's events of some kinds, in order.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="kinds">Names of the events' types; at least one.</param>
    /// <param name="stop">Gives up.</param>
    Task<ImmutableArray<StoredEvent>> ReadEventsOfAsync(string sweep, IReadOnlyList<string> kinds, CancellationToken stop);

    /// <summary>Every sweep, newest first.</summary>
    Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken stop);

    /// <summary>A sweep with its cells and trials in order of their numbers; null where there is no such sweep.</summary>
    Task<SweepResults?> ReadResultsAsync(string sweep, CancellationToken stop);

    /// <summary>Curves of a job's last attempt; null where there are none.</summary>
    Task<JobCurves?> ReadCurvesAsync(JobKey job, CancellationToken stop);

    /// <summary>Attempts at a job, first to last, and the number of its cell; none, and 0, where there is no such job.</summary>
    Task<(int Cell, ImmutableArray<AttemptRecord> Attempts)> ReadAttemptsAsync(JobKey job, CancellationToken stop);

    /// <summary>Jobs of all sweeps that ended with a result and have a fingerprint, those that ran before those that took a result over.</summary>
    /// <param name="kind">Kind of the jobs.</param>
    /// <param name="fingerprint">Fingerprint.</param>
    /// <param name="stop">Gives up.</param>
    Task<ImmutableArray<EndedJob>> FindEndedAsync(JobKind kind, string fingerprint, CancellationToken stop);

    /// <summary>Which of some fingerprints <see cref="FindEndedAsync"/> would find jobs of.</summary>
    /// <param name="kind">Trials or range tests.</param>
    /// <param name="fingerprints">Fingerprints to look for.</param>
    /// <param name="stop">Gives up.</param>
    Task<ImmutableArray<string>> FindKnownAsync(JobKind kind, IReadOnlyCollection<string> fingerprints, CancellationToken stop);

    /// <summary>Trials and range tests that ran to their end, of all sweeps of a model and a data set; the newest.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="dataSet">Name of the data set.</param>
    /// <param name="most">Most of each kind.</param>
    /// <param name="stop">Gives up.</param>
    Task<ImmutableArray<MeasuredRun>> ReadRunsAsync(string model, string dataSet, int most, CancellationToken stop);

    /// <summary>Removes a sweep with everything that belongs to it.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(string sweep, CancellationToken stop);
}
