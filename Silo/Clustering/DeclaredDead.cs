using System.Diagnostics;

namespace Sweeper.Silo.Clustering;

/// <summary>
/// What a silo does that the others have declared dead, because it hung or could not be reached for a while: its jobs run
/// elsewhere by now, and nobody listens to it any more. It starts anew, under its name, in the same process.
/// </summary>
internal sealed partial class DeclaredDead(ILogger<DeclaredDead> logger) : IFatalErrorHandler
{
    /// <summary>A silo that lives no longer than this has another trouble: whoever started it is to see its end.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(5);

    private static readonly long StartedAt = Stopwatch.GetTimestamp();

    /// <inheritdoc />
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc />
    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        LogFatal(context, exception);
        if (Stopwatch.GetElapsedTime(StartedAt) >= ShortestLife)
        {
            string reason = ProcessRestart.Run();
            LogNotRestarted(reason);
        }

        Environment.Exit(SiloExit.DeclaredDead);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "This silo can no longer be part of its cluster: {Context}. It starts anew")]
    private partial void LogFatal(string? context, Exception? exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The process could not start itself anew ({Reason}); it ends")]
    private partial void LogNotRestarted(string reason);
}
