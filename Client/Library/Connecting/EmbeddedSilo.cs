using System.Diagnostics;

namespace Sweeper.Client.Connecting;

/// <summary>The silo of a data directory: found running, or started.</summary>
internal sealed class EmbeddedSilo : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    // The silo waits five seconds for another console before it ends.
    private static readonly TimeSpan LeashGrace = TimeSpan.FromSeconds(8);

    // So long it may take to end after that, and a little more: then another console holds it.
    private static readonly TimeSpan OtherOptionsLimit = TimeSpan.FromSeconds(12);

    private readonly Leash _leash;

    private EmbeddedSilo(SiloDescription description, Leash leash, SiloProcess? process)
    {
        Description = description;
        _leash = leash;
        Process = process;
    }

    /// <summary>Where it serves.</summary>
    public SiloDescription Description { get; }

    /// <summary>Its process where this console started it; null where it was found running.</summary>
    public SiloProcess? Process { get; }

    /// <summary>Whether it outlives the consoles.</summary>
    public bool Keep => !Description.Leash;

    /// <summary>Cancelled when it is gone.</summary>
    public CancellationToken Lost => _leash.Lost;

    /// <summary>Attaches to the silo that serves the data directory, or starts one.</summary>
    /// <param name="options">Data directory and how to start.</param>
    /// <param name="notice">Takes what the user should know meanwhile.</param>
    /// <param name="clock">Names logs.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CliException">It could not be started.</exception>
    public static async Task<EmbeddedSilo> OpenAsync(
        ConnectionOptions options, Action<string> notice, TimeProvider clock, CancellationToken stop)
    {
        options.Data.EnsureWritable();
        long begin = Stopwatch.GetTimestamp();
        bool waitingSaid = false;
        while (Stopwatch.GetElapsedTime(begin) < StartLimit)
        {
            if (Stopwatch.GetElapsedTime(begin) < OtherOptionsLimit && WasStartedOtherwise(options))
            {
                if (!waitingSaid)
                {
                    notice("The silo of an earlier command was started with other options; waiting for its end.");
                    waitingSaid = true;
                }

                await Task.Delay(LookAgain, stop);
                continue;
            }

            EmbeddedSilo? open = await TryAttachAsync(options, notice, stop)
                ?? await TryStartAsync(options, notice, clock, stop);
            if (open is not null)
            {
                await open.WaitUntilReadyAsync(stop);
                return open;
            }

            if (!waitingSaid)
            {
                notice($"Another silo holds {options.Data.Root} and is starting or ending; waiting for it.");
                waitingSaid = true;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), stop);
        }

        throw new CliException(
            ExitCode.Unreachable,
            $"Another silo holds the data directory {options.Data.Root} and answers to nobody. Its log is in {options.Data.Logs}; "
            + "end that process, or choose another --data-dir.");
    }

    /// <summary>Lets go of the leash and waits for the silo's end.</summary>
    /// <param name="limit">Longest wait.</param>
    public async Task<SiloEnd> EndAsync(TimeSpan limit)
    {
        await _leash.DisposeAsync();
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < limit)
        {
            if (Process is { ExitCode: not null } || !Description.ProcessExists())
            {
                return SiloEnd.Ended;
            }

            if (Stopwatch.GetElapsedTime(begin) > LeashGrace && await Leash.IsReadyAsync(Description.HttpPort, CancellationToken.None))
            {
                return SiloEnd.StillUsed;
            }

            await Task.Delay(LookAgain);
        }

        return SiloEnd.TakesLong;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _leash.DisposeAsync();
        Process?.Dispose();
    }

    // Finding devices takes a moment; a spec that is submitted before would be refused for want of workers.
    private async Task WaitUntilReadyAsync(CancellationToken stop)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!Lost.IsCancellationRequested && Stopwatch.GetElapsedTime(begin) < StartLimit
            && !await Leash.IsReadyAsync(Description.HttpPort, stop))
        {
            await Task.Delay(LookAgain, stop);
        }
    }

    /// <summary>Whether a silo serves that a console started with options unlike these, and that ends when no console needs it.</summary>
    private static bool WasStartedOtherwise(ConnectionOptions options) =>
        options.Silo.PassThrough.Count > 0
        && SiloDescription.TryRead(options.Data.SiloFile) is { Leash: true } found
        && StartedWith.TryRead(options.Data, found.Pid)?.SequenceEqual(options.Silo.PassThrough) == false
        && found.ProcessExists();

    private static async Task<EmbeddedSilo?> TryAttachAsync(
        ConnectionOptions options, Action<string> notice, CancellationToken stop)
    {
        if (SiloDescription.TryRead(options.Data.SiloFile) is not { } found
            || !found.ProcessExists()
            || await Leash.TryOpenAsync(found.HttpPort, stop) is not { } leash)
        {
            return null;
        }

        string? own = typeof(EmbeddedSilo).Assembly.GetName().Version?.ToString(3);
        if (found.Version != own)
        {
            notice($"The silo that serves {options.Data.Root} (pid {found.Pid}) is version {found.Version}, this console is {own}.");
        }

        if (options.Silo.PassThrough.Count > 0 && StartedWith.TryRead(options.Data, found.Pid)?.SequenceEqual(options.Silo.PassThrough) != true)
        {
            notice($"A silo already serves {options.Data.Root} (pid {found.Pid}); ignored: {string.Join(' ', options.Silo.PassThrough)}");
        }

        if (options.Silo.Keep && found.Leash && await Leash.TryTakeOffAsync(found.HttpPort, stop))
        {
            found = found with { Leash = false };
        }

        return new EmbeddedSilo(found, leash, null);
    }

    private static async Task<EmbeddedSilo?> TryStartAsync(
        ConnectionOptions options, Action<string> notice, TimeProvider clock, CancellationToken stop)
    {
        var executable = SiloExecutable.Find(options.Silo.Executable, AppContext.BaseDirectory);
        var process = SiloProcess.Start(executable, options.Data, options.Silo, clock);
        try
        {
            long begin = Stopwatch.GetTimestamp();
            while (process.ExitCode is null && Stopwatch.GetElapsedTime(begin) < StartLimit)
            {
                if (SiloDescription.TryRead(options.Data.SiloFile) is { } own && own.Pid == process.Pid
                    && await Leash.TryOpenAsync(own.HttpPort, stop) is { } leash)
                {
                    new StartedWith(own.Pid, options.Silo.PassThrough).Write(options.Data);
                    return new EmbeddedSilo(own, leash, process);
                }

                await Task.Delay(LookAgain, stop);
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            process.Dispose();
            throw;
        }

        if (process.ExitCode == SiloExit.DataDirectoryInUse)
        {
            process.Dispose();
            return null;
        }

        int? exitCode = process.ExitCode;
        if (exitCode == SiloExit.Killed)
        {
            process.Dispose();
            throw new SiloLostException(new IOException($"The silo was killed while it started; its log: {process.LogFile}"));
        }

        process.Kill();
        CliException failure = SiloExit.Explain(process, exitCode);
        process.Dispose();
        throw failure;
    }
}

/// <summary>What became of a silo whose leash was let go.</summary>
internal enum SiloEnd
{
    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>Another console holds it.</summary>
    StillUsed,

    /// <summary>It is still saving its work.</summary>
    TakesLong,
}
