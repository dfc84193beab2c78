using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Client.Connecting;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Client.Following;

/// <summary>Follows one sweep over one connection until the sweep has ended.</summary>
/// <param name="connection">Open connection.</param>
/// <param name="spec">Spec of the sweep.</param>
/// <param name="display">Where it shows.</param>
/// <param name="zone">Time zone of the user.</param>
/// <param name="seen">Number of the last event that was shown over an earlier connection, 0 where none was; null: this is the first.</param>
internal sealed class SweepWatch(ClusterConnection connection, SweepSpec spec, ISweepDisplay display, TimeZoneInfo zone, long? seen = null)
{
    private const int FailuresInARow = 5;

    private static readonly TimeSpan LossShowsWithin = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan DevicesEvery = TimeSpan.FromSeconds(5);

    private ImmutableDictionary<int, RampCurve> _cellCurves = ImmutableDictionary<int, RampCurve>.Empty;
    private ImmutableArray<WorkerStatus> _devices = [];
    private long _devicesAt;
    private readonly bool _again = seen is not null;
    private long _seen = seen ?? 0;

    /// <summary>Number of the last event that was shown; 0: none was.</summary>
    public long Seen => _seen;

    /// <summary>The last view; null before the first.</summary>
    public SweepView? Last { get; private set; }

    /// <summary>Shows every view until the sweep has ended.</summary>
    /// <exception cref="SiloLostException">The embedded silo is gone.</exception>
    /// <exception cref="ConnectionLostException">A named cluster no longer answers over this connection.</exception>
    public async Task<SweepView> ToTheEndAsync(CancellationToken stop)
    {
        int failures = 0;
        while (true)
        {
            try
            {
                await foreach (SweepView view in ViewsAsync(stop))
                {
                    failures = 0;
                    await ShowAsync(view, stop);
                    if (view.HasEnded)
                    {
                        return view;
                    }
                }
            }
            catch (Exception broken) when (broken is EnumerationAbortedException or OrleansException or TimeoutException or OperationCanceledException
                && !stop.IsCancellationRequested)
            {
                if (connection.IsRemote)
                {
                    throw new ConnectionLostException(broken);
                }

                await ThrowIfLostAsync(broken, stop);
                if (++failures >= FailuresInARow)
                {
                    throw new CliException(
                        ExitCode.Unreachable, $"The connection was lost {FailuresInARow} times in a row: {broken.Message}", broken);
                }
            }
        }
    }

    private IAsyncEnumerable<SweepView> ViewsAsync(CancellationToken stop) =>
        connection.ReadAsync((client, end) => client.GetGrain<ISweepGrain>(spec.Name).WatchAsync(end), stop);

    private async Task ShowAsync(SweepView view, CancellationToken stop)
    {
        if (_devices.IsEmpty || Stopwatch.GetElapsedTime(_devicesAt) >= DevicesEvery)
        {
            _devices = await connection.AskAsync(client => client.GetGrain<IWorkerPoolGrain>(0).ListAsync(), stop);
            _devicesAt = Stopwatch.GetTimestamp();
        }

        foreach (CellRecord cell in view.Cells.Where(cell => cell.Findings is not null && !_cellCurves.ContainsKey(cell.Number)))
        {
            var key = new JobKey(view.Name, JobKind.RangeTest, cell.Number);
            JobCurves? curves = await connection.AskAsync(client => client.GetGrain<IResultsGrain>(0).GetCurvesAsync(key), stop);
            _cellCurves = _cellCurves.SetItem(cell.Number, RampCurve.Of(curves));
        }

        view = await CompleteAsync(view, stop);
        Last = view;
        display.Show(new ScreenModel(view, spec, _devices, _cellCurves, TimeSpan.Zero, [], zone));
    }

    /// <summary>A view carries the last events only: those that came and went since the last one are asked for.</summary>
    private async Task<SweepView> CompleteAsync(SweepView view, CancellationToken stop)
    {
        long known = _seen;
        long first = view.Events is [var oldest, ..] ? oldest.Sequence : long.MaxValue;
        if ((_again && Last is null) || (known > 0 && first > known + 1 && first != long.MaxValue))
        {
            ImmutableArray<SweepEventLine> missed = await connection.AskAsync(client => client.GetGrain<ISweepGrain>(spec.Name).GetEventsAfterAsync(known), stop);
            view = view with { Events = [.. missed.Where(line => line.Sequence < first), .. view.Events] };
        }

        _seen = view.Events is [.., var last] ? Math.Max(known, last.Sequence) : known;
        return view;
    }

    // A call often fails a moment before the leash tells of the silo's death.
    private async Task ThrowIfLostAsync(Exception broken, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, connection.Lost);
        try
        {
            await Task.Delay(LossShowsWithin, either.Token);
        }
        catch (OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            throw new SiloLostException(broken);
        }
    }
}
