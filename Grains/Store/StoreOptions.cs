namespace Sweeper.Grains.Store;

/// <summary>Which store, and how patient to be with it.</summary>
public abstract record StoreOptions
{
    /// <summary>Longest time that a write or a read is tried again where <see cref="RetryFor"/> is not set.</summary>
    public static readonly TimeSpan DefaultRetryFor = TimeSpan.FromSeconds(30);

    /// <summary>Longest time that opening is tried again where <see cref="OpenFor"/> is not set.</summary>
    public static readonly TimeSpan DefaultOpenFor = TimeSpan.FromSeconds(10);

    private StoreOptions()
    {
    }

    /// <summary>
    /// Longest time that a write or a read is tried again after a failure that may pass: a lost connection, a server that
    /// restarts, a lock. Greater than or equal to zero.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = DefaultRetryFor;

    /// <summary>Longest time that opening is tried again while the server does not answer. Greater than or equal to zero.</summary>
    public TimeSpan OpenFor { get; init; } = DefaultOpenFor;

    /// <summary>A SQLite file on a local disk: the embedded default.</summary>
    /// <param name="Path">File; it and its folder are created where they are missing.</param>
    public sealed record Sqlite(string Path) : StoreOptions
    {
        /// <summary>Most pages that the file may have; null: no limit. For tests of a full disk.</summary>
        internal long? MaxPages { get; init; }
    }

    /// <summary>A PostgreSQL database, version 12 or newer.</summary>
    /// <param name="ConnectionString">
    /// <c>Host=…;Database=…;Username=…;Password=…</c> or <c>postgresql://user:password@host:port/database</c>. May hold a
    /// password: neither <see cref="ToString"/> nor any message shows it.
    /// </param>
    public sealed record PostgreSql(string ConnectionString) : StoreOptions
    {
        /// <summary>Password that stands in place of the connection string's; null: there is no other.</summary>
        public string? Password { get; init; }

        /// <summary>The kind of store; the connection string stays hidden.</summary>
        public override string ToString() => $"{nameof(PostgreSql)} {{ ConnectionString = *** }}";
    }
}
