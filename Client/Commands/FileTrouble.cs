namespace Sweeper.Client.Commands;

/// <summary>File errors in words.</summary>
internal static class FileTrouble
{
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <summary>What happened, and for a full disk what to do.</summary>
    public static string Describe(Exception failure) => failure.HResult is NoSpaceLeft or QuotaExceeded
        ? $"The disk is full: {failure.Message} Free some space, then run the same command again."
        : failure.Message;
}
