using System.Data.Common;
using Npgsql;
using Sweeper.Grains.Store;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>The store on PostgreSQL.</summary>
/// <param name="server">The run's server.</param>
public sealed class PostgreSqlSweepStoreTests(PostgreSqlServer server) : SweepStoreConformance
{
    private string? _database;

    private protected override string LockSql => "BEGIN; LOCK TABLE sweeps IN EXCLUSIVE MODE";

    private protected override async ValueTask<StoreOptions> CreateAsync()
    {
        _database = await server.CreateDatabaseAsync(Stop);
        return new StoreOptions.PostgreSql(server.ConnectionString(_database));
    }

    private protected override async ValueTask RemoveAsync()
    {
        if (_database is not null)
        {
            await server.DropDatabaseAsync(_database);
        }
    }

    private protected override DbConnection Connect() => new NpgsqlConnection(((StoreOptions.PostgreSql)Options).ConnectionString);
}
