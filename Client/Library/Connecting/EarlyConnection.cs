using Microsoft.Extensions.Hosting;

namespace Sweeper.Client.Connecting;

/// <summary>
/// A connection to the silo that a data directory names, made while that silo is still being asked whether it serves: most of the time of a
/// short command goes with these two.
/// </summary>
internal sealed class EarlyConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private readonly SiloDescription? _silo;
    private Task<IHost>? _connecting;

    private EarlyConnection(SiloDescription? silo, Func<SiloDescription, CancellationToken, Task<IHost>> connect)
    {
        _silo = silo;
        _connecting = silo is null ? null : Task.Run(() => connect(silo, _giveUp.Token));
    }

    /// <summary>Begins to connect where a silo has said that it serves and its process exists.</summary>
    /// <param name="data">The data directory.</param>
    /// <param name="connect">Connects.</param>
    public static EarlyConnection Begin(DataDirectory data, Func<SiloDescription, CancellationToken, Task<IHost>> connect) =>
        new(SiloDescription.TryRead(data.SiloFile) is { } silo && silo.ProcessExists() ? silo : null, connect);

    /// <summary>The connection; null where it is not to that silo or could not be made.</summary>
    /// <param name="silo">The silo that serves.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<IHost?> TakeAsync(SiloDescription silo, CancellationToken stop)
    {
        if (_connecting is not { } connecting || (silo.Pid, silo.GatewayPort) != (_silo?.Pid, _silo?.GatewayPort))
        {
            return null;
        }

        try
        {
            IHost host = await connecting.WaitAsync(stop);
            _connecting = null; // the caller's
            return host;
        }
        catch (CliException)
        {
            return null; // the next try says why
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _giveUp.CancelAsync();
        if (_connecting is { } connecting)
        {
            try
            {
                (await connecting).Dispose();
            }
            catch (Exception given) when (given is OperationCanceledException or CliException)
            {
                // It was not wanted.
            }
        }

        _giveUp.Dispose();
    }
}
