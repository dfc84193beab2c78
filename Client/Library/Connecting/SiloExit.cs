namespace Sweeper.Client.Connecting;

/// <summary>What a silo's exit code tells the console that started it.</summary>
internal static class SiloExit
{
    /// <summary>Options, folder, port or database cannot be used; the last line of its output says which and why.</summary>
    public const int BadInput = 2;

    /// <summary>Another silo serves the data directory.</summary>
    public const int DataDirectoryInUse = 3;

    /// <summary>Killed from outside, by a person or for want of memory: no fault of its own, another start may do.</summary>
    public const int Killed = 128 + 9;

    // Signals that native code which fails brings on its process: SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV.
    private static readonly int[] Faults = [128 + 4, 128 + 6, 128 + 7, 128 + 8, 128 + 11];

    private const int ShownLines = 12;

    // The silo's own name before its last line; the user did not start it.
    private const string Prefix = "sweeper silo: ";

    /// <summary>Words for a silo that did not come up.</summary>
    /// <param name="process">It; ended by now.</param>
    /// <param name="exitCode">How it ended by itself; null where it took too long and was killed.</param>
    public static CliException Explain(SiloProcess process, int? exitCode)
    {
        if (exitCode == BadInput)
        {
            string last = process.LastWords(1).FirstOrDefault() ?? $"The silo refused to start; its log {process.LogFile} is empty.";
            return new CliException(Client.ExitCode.BadInput, last.StartsWith(Prefix, StringComparison.Ordinal) ? last[Prefix.Length..] : last);
        }

        string words = string.Concat(process.LastWords(ShownLines).Select(line => $"{Environment.NewLine}  | {line}"));
        return new CliException(
            Client.ExitCode.Unreachable,
            $"The silo could not be started: {Describe(exitCode)}. The end of its log {process.LogFile}:{words}");
    }

    /// <summary>Whether a silo failed by itself, in native code: nobody ends one like that.</summary>
    /// <param name="exitCode">Its exit code; null where it is not known.</param>
    public static bool IsCrash(int? exitCode) => exitCode is { } code && Array.IndexOf(Faults, code) >= 0;

    /// <summary>Words for an exit code.</summary>
    /// <param name="exitCode">Code; null where the process still ran.</param>
    public static string Describe(int? exitCode) => exitCode switch
    {
        null => "it did not answer in time",
        128 + 6 => "it aborted (SIGABRT)",
        128 + 9 => "it was killed (SIGKILL)",
        128 + 11 => "it crashed (SIGSEGV)",
        128 + 15 => "it was ended (SIGTERM)",
        > 128 and < 160 => $"signal {exitCode - 128} ended it",
        _ => $"it ended with code {exitCode}",
    };
}
