using System.Net;
using Sweeper.Grains.Store;

namespace Sweeper.Silo;

/// <summary>A silo that runs within this process, until it is disposed of: jobs are handed back then, and go on when their sweep is submitted again.</summary>
public sealed class RunningSilo : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly ILoggerFactory _logs;
    private readonly ISweepStore _store;
    private readonly WebApplication _app;
    private readonly SiloPorts _ports;
    private bool _ended;

    /// <summary>Takes over what was opened for it.</summary>
    internal RunningSilo(DataFolder folder, ILoggerFactory logs, ISweepStore store, WebApplication app, SiloPorts ports)
    {
        _folder = folder;
        _logs = logs;
        _store = store;
        _app = app;
        _ports = ports;
    }

    /// <summary>Where clients connect, <c>HOST:PORT</c>: on loopback.</summary>
    public string Gateway => new IPEndPoint(_ports.Address, _ports.Gateway).ToString();

    /// <summary>Identity of the cluster, which it is by itself.</summary>
    public string ClusterId => _ports.ClusterId;

    /// <summary>Waits until it is told to end, and has.</summary>
    /// <returns>Whether that is because threads of jobs hang.</returns>
    internal async Task<bool> WaitAsync()
    {
        await _app.WaitForShutdownAsync();
        bool hung = _app.Services.GetRequiredService<HungThreads>().End;
        await LeaveAsync();
        return hung;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_ended)
            {
                await _app.StopAsync();
            }
        }
        finally
        {
            await LeaveAsync();
            await _store.DisposeAsync();
            _logs.Dispose();
            _folder.Dispose();
        }
    }

    private async ValueTask LeaveAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        SiloFile.Remove(_folder);
        await _app.DisposeAsync();
    }
}
