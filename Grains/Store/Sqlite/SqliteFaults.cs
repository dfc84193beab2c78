using Microsoft.Data.Sqlite;

namespace Sweeper.Grains.Store.Sqlite;

/// <summary>What SQLite's failures mean. Codes: sqlite.org/rescode.html.</summary>
internal static class SqliteFaults
{
    private const int Perm = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Io = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    /// <summary>What a failure means; null where only the statement failed.</summary>
    public static StoreFault? Explain(Exception failure, string path) => failure switch
    {
        SqliteException sqlite => Explain(sqlite, path),
        UnauthorizedAccessException or IOException => CannotUse(path, failure.Message),
        _ => null,
    };

    private static StoreFault? Explain(SqliteException failure, string path) => failure.SqliteErrorCode switch
    {
        // SQLite has waited for the lock already, as long as it was told to: waiting again would only double the time.
        Busy or Locked or Protocol => new StoreFault(
            $"SQLite file '{path}' is locked by another process. End the program that writes to it and try again.", false),
        Full => new StoreFault($"The disk that holds SQLite file '{path}' is full. Free some space and start again: nothing that was stored is lost.", false),
        Corrupt or NotADatabase => new StoreFault(
            $"'{path}' is damaged or not a SQLite database. Restore it from a backup, or move it away and Sweeper creates a new one.", false),
        CannotOpen or ReadOnly or Perm => CannotUse(path, failure.Message),
        Io => new StoreFault($"Reading or writing SQLite file '{path}' failed: {failure.Message} Check the disk.", false),
        _ => null,
    };

    private static StoreFault CannotUse(string path, string reason) => new(
        $"SQLite file '{path}' cannot be opened for writing: {reason} Check that its folder exists and is writable, or name another.", false);
}
