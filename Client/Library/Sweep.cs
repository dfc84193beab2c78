using System.Runtime.CompilerServices;
using Sweeper.Client.Connecting;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client;

/// <summary>A sweep that is followed, read and controlled over an open connection.</summary>
public sealed class Sweep
{
    private readonly ClusterConnection _connection;

    internal Sweep(ClusterConnection connection, string name) => (_connection, Name) = (connection, name);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where it stands, each time that something has changed, until it has ended; the last is how it ended.</summary>
    /// <param name="stop">Stops following; the sweep goes on for as long as its silo does.</param>
    /// <exception cref="SweeperException">There is no such sweep, or the connection is lost: what was finished is stored, and the same spec goes on from there.</exception>
    public async IAsyncEnumerable<SweepView> FollowAsync([EnumeratorCancellation] CancellationToken stop = default)
    {
        IAsyncEnumerator<SweepView> views = _connection
            .ReadAsync((client, end) => client.GetGrain<ISweepGrain>(Name).WatchAsync(end), stop)
            .GetAsyncEnumerator(stop);
        try
        {
            while (await Calls.TryAsync(() => views.MoveNextAsync().AsTask()))
            {
                SweepView view = views.Current;
                yield return view;
                if (view.HasEnded)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await views.DisposeAsync();
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>Everything that it found.</returns>
    /// <exception cref="SweeperException">There is no such sweep, or the connection is lost.</exception>
    public async Task<SweepResults> WaitAsync(CancellationToken stop = default)
    {
        await foreach (SweepView _ in FollowAsync(stop))
        {
            // each is newer than the last
        }

        return await ResultsAsync(stop);
    }

    /// <summary>What it has found so far: its spec, range tests and trials.</summary>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="SweeperException">There is no such sweep, or the connection is lost.</exception>
    public Task<SweepResults> ResultsAsync(CancellationToken stop = default) =>
        Calls.TryAsync(() => _connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetAsync(Name), stop));

    /// <summary>Learning rate, momentum, loss and readings of a job over its run; null where it has none.</summary>
    /// <param name="kind">Kind of the job.</param>
    /// <param name="number">Its number.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="SweeperException">The connection is lost.</exception>
    public Task<JobCurves?> CurvesAsync(JobKind kind, int number, CancellationToken stop = default) =>
        Calls.TryAsync(() => _connection.FetchAsync(client => client.GetGrain<IResultsGrain>(0).GetCurvesAsync(new JobKey(Name, kind, number)), stop));

    /// <summary>Stops it for good.</summary>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>Whether it was done, and why not.</returns>
    /// <exception cref="SweeperException">There is no such sweep, or the connection is lost.</exception>
    public Task<ControlResult> CancelAsync(CancellationToken stop = default) => ControlAsync(sweep => sweep.CancelAsync(), stop);

    /// <summary>Stops it until it is resumed; running trials are saved.</summary>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>Whether it was done, and why not.</returns>
    /// <exception cref="SweeperException">There is no such sweep, or the connection is lost.</exception>
    public Task<ControlResult> PauseAsync(CancellationToken stop = default) => ControlAsync(sweep => sweep.PauseAsync(), stop);

    /// <summary>Goes on after a pause.</summary>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>Whether it was done, and why not.</returns>
    /// <exception cref="SweeperException">There is no such sweep, or the connection is lost.</exception>
    public Task<ControlResult> ResumeAsync(CancellationToken stop = default) => ControlAsync(sweep => sweep.ResumeAsync(), stop);

    private Task<ControlResult> ControlAsync(Func<ISweepGrain, Task<ControlResult>> control, CancellationToken stop) =>
        Calls.TryAsync(() => _connection.CallAsync(client => control(client.GetGrain<ISweepGrain>(Name)), stop));
}
