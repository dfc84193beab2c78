using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sweeper.Grains.Store;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>The store on SQLite.</summary>
public sealed class SqliteSweepStoreTests : SweepStoreConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sweeper-store-").FullName;

    private protected override string LockSql => "BEGIN IMMEDIATE";

    private protected override ValueTask<StoreOptions> CreateAsync() =>
        ValueTask.FromResult<StoreOptions>(new StoreOptions.Sqlite(Path.Combine(_folder, "new", "sweeper.db")));

    private protected override ValueTask RemoveAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private protected override DbConnection Connect() => new SqliteConnection($"Data Source={((StoreOptions.Sqlite)Options).Path};Pooling=false");
}
