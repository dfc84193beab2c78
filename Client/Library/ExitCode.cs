namespace Sweeper.Client;

/// <summary>How a command ends. Scripts rely on the numbers; <c>docs/cli.md</c> lists them.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The sweep or job failed or was cancelled, or no trial of it completed.</summary>
    public const int Failed = 1;

    /// <summary>What the user gave cannot be used: options, spec, names, files, folders.</summary>
    public const int BadInput = 2;

    /// <summary>The cluster or the silo could not be reached or started.</summary>
    public const int Unreachable = 3;

    /// <summary>Interrupted by Ctrl-C: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
