namespace Sweeper.Silo;

/// <summary>Exit codes of the silo; the console tells its user by them what went wrong.</summary>
internal static class SiloExit
{
    /// <summary>Ended as it was told to.</summary>
    public const int Ok = 0;

    /// <summary>An option, the data folder, a port or the store is unusable.</summary>
    public const int BadOptions = 2;

    /// <summary>Another silo holds the data folder.</summary>
    public const int FolderInUse = 3;

    /// <summary>The others of its cluster have declared it dead, and it could not start itself anew.</summary>
    public const int DeclaredDead = 4;

    /// <summary>Threads of its jobs hang, and only another process can do their work.</summary>
    public const int Hung = 5;
}

/// <summary>The silo cannot start, and a person can mend that.</summary>
internal sealed class SiloStartException : Exception
{
    /// <summary>Creates it.</summary>
    /// <param name="exitCode">See <see cref="SiloExit"/>.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public SiloStartException(int exitCode, string message)
        : base(message) => ExitCode = exitCode;

    /// <summary>Exit code of the process.</summary>
    public int ExitCode { get; }
}
