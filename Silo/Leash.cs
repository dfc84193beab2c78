namespace Sweeper.Silo;

/// <summary>
/// Ends an embedded silo when its last console is gone, however that went: each console holds an HTTP request open, and
/// the operating system closes it even for one that was killed.
/// </summary>
internal sealed partial class Leash(SiloOptions options, IHostApplicationLifetime life, TimeProvider clock, ILogger<Leash> logger) : BackgroundService
{
    /// <summary>Time without a console after which the silo ends.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Time that the first console has to take hold.</summary>
    private static readonly TimeSpan FirstGrace = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private int _held;
    private bool _wasHeld;
    private volatile bool _off = !options.Leash;

    /// <summary>Lets the silo outlive its consoles from now on: one of them has submitted work that is to go on without it.</summary>
    public void TakeOff() => _off = true;

    /// <summary>Holds the leash until the console lets go or the silo ends.</summary>
    public async Task HoldAsync(HttpContext http)
    {
        Interlocked.Increment(ref _held);
        _wasHeld = true;
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
            await http.Response.WriteAsync("held\n", end.Token);
            await http.Response.Body.FlushAsync(end.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, end.Token);
        }
        catch (OperationCanceledException)
        {
            // The console let go, or the silo ends: both are how a leash is meant to end.
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset lastHeld = clock.GetUtcNow();
        while (!_off)
        {
            await Task.Delay(Interval, clock, stoppingToken);
            if (Volatile.Read(ref _held) > 0)
            {
                lastHeld = clock.GetUtcNow();
            }
            else if (clock.GetUtcNow() - lastHeld > (_wasHeld ? Grace : FirstGrace))
            {
                LogLetGo();
                life.StopApplication();
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No console holds the leash any more: the silo ends")]
    private partial void LogLetGo();
}
