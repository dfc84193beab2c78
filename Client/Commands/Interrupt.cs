using System.Runtime.InteropServices;

namespace Sweeper.Client.Commands;

/// <summary>Ctrl-C: once asks for a clean end, twice ends at once. A terminal that closes, and SIGTERM, ask as well.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    /// <summary>Starts to listen.</summary>
    public Interrupt()
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    /// <summary>Cancelled by the first one.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Runs on the second one, just before the process ends.</summary>
    public Action? BeforeExit { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _requested.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            _requested.Cancel();
            return;
        }

        BeforeExit?.Invoke();
        Environment.Exit(ExitCode.Interrupted);
    }
}
