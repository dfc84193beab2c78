using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Grains.Store.PostgreSql;
using Sweeper.Grains.Store.Sqlite;

namespace Sweeper.Grains.Store;

/// <summary>Makes the store that the options name.</summary>
public static class SweepStores
{
    /// <summary>The store of these options. Nothing is touched before <see cref="ISweepStore.OpenAsync"/>.</summary>
    /// <param name="options">Which store.</param>
    /// <param name="clock">Time; null: the system's.</param>
    /// <param name="logger">Hears of failures that are tried again; null: nobody does.</param>
    /// <exception cref="Contracts.Errors.StoreUnavailableException">The connection string cannot be read.</exception>
    public static ISweepStore Open(StoreOptions options, TimeProvider? clock = null, ILogger? logger = null)
    {
        StoreDialect dialect = options switch
        {
            StoreOptions.Sqlite sqlite => new SqliteDialect(sqlite),
            StoreOptions.PostgreSql postgreSql => new PostgreSqlDialect(postgreSql),
            _ => throw new UnreachableException(),
        };
        return new RelationalSweepStore(dialect, options, clock ?? TimeProvider.System, logger ?? NullLogger.Instance);
    }
}
