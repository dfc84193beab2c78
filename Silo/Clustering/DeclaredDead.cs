using System.Diagnostics;

namespace Sweeper.Silo.Clustering;

/// <summary>
/// What a silo does that the others have declared dead, because it hung or could not be reached for a while: its jobs run
/// elsewhere by now, and nobody listens to it any more. It starts anew, under its name, in the same process.
/// </summary>
internal sealed class DeclaredDead : IFatalErrorHandler
{
    /// <summary>A silo that lives no longer than this has another trouble: whoever started it is to see its end.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(5);

    private readonly long _startedAt = Stopwatch.GetTimestamp();

    /// <inheritdoc />
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc />
    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        bool again = Stopwatch.GetElapsedTime(_startedAt) >= ShortestLife;
        Say($"this silo can no longer be part of its cluster: {context} {exception} It {(again ? "starts anew" : "ends")}.");
        if (again)
        {
            Say($"the process could not start itself anew ({ProcessRestart.Run()}); it ends.");
        }

        Environment.Exit(SiloExit.DeclaredDead);
    }

    /// <summary>At once: a logger's queue would be lost.</summary>
    private static void Say(string text) => Console.Error.WriteLine("sweeper silo: " + text);
}
