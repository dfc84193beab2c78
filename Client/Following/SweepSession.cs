using Sweeper.Client.Commands;
using Sweeper.Client.Connecting;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Following;

/// <summary>
/// A sweep from the first call to its end: over as many silos as it takes, and home in good order on Ctrl-C.
/// </summary>
/// <param name="call">The command.</param>
/// <param name="display">Where it shows.</param>
/// <param name="keep">Whether a silo that is started outlives the console.</param>
internal sealed class SweepSession(CommandCall call, ISweepDisplay display, bool keep)
{
    private const int DeathsInARow = 3;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    private readonly RestartBudget _budget = new(DeathsInARow);

    /// <summary>Begins the sweep or finds it, shows it to its end, then lets something be done with what it found.</summary>
    /// <param name="begin">Over each new connection: submits the spec, or reads it.</param>
    /// <param name="finish">At the end, over a connection that is alive; the last view is null where the sweep had ended before.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>Exit code.</returns>
    public async Task<int> RunAsync(
        Func<ClusterConnection, Task<SweepSpec>> begin,
        Func<ClusterConnection, SweepSpec, SweepView, Task<int>> finish,
        CancellationToken stop)
    {
        SweepSpec? known = null;
        var patience = new ReconnectPatience();
        long? seen = null;
        bool crashed = false;
        while (true)
        {
            ClusterConnection connection;
            ConnectionOptions options = call.Options.Connection(call.Parse, keep);
            options = options with { Silo = options.Silo with { AfterCrash = crashed } };
            try
            {
                connection = await ClusterConnection.OpenAsync(options, display.Notice, call.Clock, stop);
            }
            catch (SiloLostException)
            {
                Survive("it was killed while it started", call.Data.Logs, null);
                continue;
            }
            catch (CliException) when (options.Cluster is not null && known is not null && patience.AllowsAnother())
            {
                continue; // the cluster answered before: it may again
            }

            call.Interrupt.BeforeExit = () => StopAtOnce(connection);
            SweepWatch? watch = null;
            string? sweep = null;
            try
            {
                SweepSpec spec = connection.IsRemote && known is not null ? known : await begin(connection);
                known = spec;
                sweep = spec.Name;
                watch = new SweepWatch(connection, spec, display, call.Terminal.Zone, seen);
                SweepView end = await display.WhileAsync(() => watch.ToTheEndAsync(stop));
                return await finish(connection, spec, end);
            }
            catch (SiloLostException)
            {
                crashed = await SurviveAsync(connection, watch?.Last);
            }
            catch (ConnectionLostException lost)
            {
                seen = watch!.Seen; // who throws this has one
                patience.Note(watch.Last is not null);
                if (!patience.AllowsAnother())
                {
                    throw new CliException(
                        ExitCode.Unreachable,
                        $"The cluster has not answered for {ReconnectPatience.Limit.TotalMinutes:0} minutes: {lost.InnerException!.Message} The sweep goes on without this console; see it again with: {HowToRun.Another(call.Parse, "watch", known!.Name)}",
                        lost);
                }

                display.Notice("The cluster does not answer over this connection; asking again.");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await LeaveAsync(connection, sweep);
                return ExitCode.Interrupted;
            }
            finally
            {
                call.Interrupt.BeforeExit = null;
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>Makes sure that a new silo may be started.</summary>
    /// <returns>Whether the last one crashed by itself.</returns>
    private async Task<bool> SurviveAsync(ClusterConnection connection, SweepView? last)
    {
        string how = "it is gone";
        string log = call.Data.Logs;
        int? exitCode = null;
        if (connection.Silo?.Process is { } process)
        {
            await process.WaitForExitAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
            exitCode = process.ExitCode;
            how = SiloExit.Describe(exitCode);
            log = process.LogFile;
        }

        Survive(how, log, last);
        return SiloExit.IsCrash(exitCode);
    }

    private void Survive(string how, string log, SweepView? last)
    {
        if (!_budget.Allows((last?.Counts.Ended ?? 0) + (last?.RangeTests.Ended ?? 0)))
        {
            throw new CliException(
                ExitCode.Failed,
                $"The silo died {DeathsInARow + 1} times in a row without finishing a job; the last time: {how}. Its log: {log}. "
                + $"What has finished is kept; go on with: {HowToRun.Again(call.Parse)}");
        }

        display.Notice($"The silo died: {how}. Its log: {log}. Starting a new one; what has finished is kept.");
    }

    private async Task LeaveAsync(ClusterConnection connection, string? sweep)
    {
        if (!connection.EndsWithConsole)
        {
            string again = sweep is null ? HowToRun.Again(call.Parse) : HowToRun.Another(call.Parse, "watch", sweep);
            call.Notice($"Detached; the sweep goes on without this console. See it again with: {again}");
            return;
        }

        call.Notice("Stopping: running jobs save a checkpoint. Ctrl-C again stops at once.");
        call.Notice(await connection.EndAsync(EndLimit) switch
        {
            SiloEnd.Ended => "Stopped; what has finished is kept.",
            SiloEnd.StillUsed => "Detached: another console uses the silo, and the sweep goes on there.",
            SiloEnd.TakesLong => $"The silo (pid {connection.Silo!.Description.Pid}) is still saving its work; it ends by itself.",
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        call.Notice($"Go on with: {HowToRun.Again(call.Parse)}");
    }

    private void StopAtOnce(ClusterConnection connection)
    {
        if (connection.EndsWithConsole)
        {
            connection.Silo!.Process?.Kill();
        }

        call.Notice($"Stopped at once. Go on with: {HowToRun.Again(call.Parse)}");
    }
}
