using System.Data.Common;
using System.Globalization;
using Dapper;
using Npgsql;
using Sweeper.Contracts.Errors;
using Sweeper.Grains.Store;
using Sweeper.Grains.Store.PostgreSql;
using Sweeper.Tests.Cluster.PostgreSql;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>What a user is told when PostgreSQL cannot be used, and what goes on by itself.</summary>
/// <param name="server">The run's server.</param>
public sealed class PostgreSqlFaultTests(PostgreSqlServer server) : IAsyncLifetime
{
    private string? _database;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private NpgsqlConnectionStringBuilder Connection => new(server.ConnectionString(_database ?? throw new InvalidOperationException("No database.")));

    public async ValueTask InitializeAsync() => _database = await server.CreateDatabaseAsync(Stop);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await server.DropDatabaseAsync(_database);
        }
    }

    [Fact]
    public async Task Open_WrongPassword_SaysWhoseWithoutShowingIt() =>
        await AssertOpenSaysAsync(connection => connection.Password = "not-the-s3cret", $"refuses user '{PostgreSqlServer.User}'. Check user name and password.");

    [Fact]
    public async Task Open_NoSuchDatabase_SaysHowToCreateIt() =>
        await AssertOpenSaysAsync(connection => connection.Database = "missing", "There is no database 'missing'");

    [Fact]
    public async Task Open_NobodyListens_SaysWhere() =>
        await AssertOpenSaysAsync(connection => connection.Port = 1, "at 127.0.0.1:1 (user 'sweeper') cannot be reached: Connection refused. Check that it runs");

    [Fact]
    public async Task Open_UserMayNotCreateTables_SaysSo()
    {
        string role = _database + "_reader";
        await server.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'other-s3cret'", Stop);
        await AssertOpenSaysAsync(
            connection =>
            {
                connection.Username = role;
                connection.Password = "other-s3cret";
            },
            "the user may not create or write tables");
    }

    [Fact]
    public async Task Open_ServerOnlyReads_SaysSo() =>
        await AssertOpenSaysAsync(connection => connection.Options = "-c default_transaction_read_only=on", "only reads, as a standby does");

    [Fact]
    public async Task Open_DatabaseOfAnotherProgram_SaysSo()
    {
        await using (var other = new NpgsqlConnection(Connection.ToString()))
        {
            await other.ExecuteAsync("CREATE TABLE trials (patient int)");
        }

        await AssertOpenSaysAsync(_ => { }, "holds tables of another program");
    }

    [Fact]
    public async Task Open_AddressAsUri_IsTheSameAndShowsNoPassword()
    {
        string uri = string.Create(CultureInfo.InvariantCulture, $"postgresql://{PostgreSqlServer.User}:{PostgreSqlServer.Password}@127.0.0.1:{server.Port}/{_database}?sslmode=prefer&connect_timeout=5");
        var options = new StoreOptions.PostgreSql(uri);
        await using ISweepStore store = SweepStores.Open(options);
        await store.OpenAsync(Stop);

        Assert.Equal($"PostgreSQL database '{_database}' at 127.0.0.1:{server.Port} (user '{PostgreSqlServer.User}')", store.Description);
        Assert.DoesNotContain(PostgreSqlServer.Password, options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Append_AnswerToCommitIsLost_IsTriedAgainAndWrittenOnce()
    {
        await using var proxy = new BreakableProxy(server.Port);
        await using ISweepStore store = await OpenThroughAsync(proxy);
        await store.AppendAsync(Samples.First("a"), Stop);

        proxy.SwallowAnswersToCommits(3);
        await Task.WhenAll(Enumerable.Range(2, 30).Select(sequence => store.AppendAsync(Samples.Next("a", sequence, "x", Samples.Trial(sequence)), Stop)));

        Assert.Equal(3, proxy.Swallowed);
        StoredSweep? sweep = await store.ReadEventsAsync("a", Stop);
        Assert.Equal(Enumerable.Range(1, 31).Select(sequence => (long)sequence), sweep!.Events.Select(item => item.Sequence));
        Assert.Equal(30, (await store.ReadResultsAsync("a", Stop))!.Trials.Length);
    }

    [Fact]
    public async Task Append_ServerEndsEveryConnection_GoesOnByItself()
    {
        await using ISweepStore store = SweepStores.Open(new StoreOptions.PostgreSql(Connection.ToString()));
        await store.OpenAsync(Stop);
        await store.AppendAsync(Samples.First("a"), Stop);

        for (int sequence = 2; sequence <= 20; sequence++)
        {
            if (sequence % 5 == 0)
            {
                await server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_database}'", Stop);
            }

            await store.AppendAsync(Samples.Next("a", sequence), Stop);
            Assert.Equal(sequence, (await store.ReadEventsAsync("a", Stop))!.Events.Length);
        }
    }

    [Fact]
    public async Task Append_ServerIsAwayForAWhile_WaitsForIt()
    {
        await using var proxy = new BreakableProxy(server.Port);
        await using ISweepStore store = await OpenThroughAsync(proxy);
        proxy.GoDown();

        Task append = store.AppendAsync(Samples.First("a"), Stop);
        while (proxy.Refused < 2)
        {
            await Task.Yield();
        }

        Assert.False(append.IsCompleted);
        proxy.ComeUp();
        await append;
        Assert.Single(await store.ListAsync(Stop));
    }

    [Fact]
    public async Task Append_ServerStaysAway_FailsWhenPatienceEnds()
    {
        await using var proxy = new BreakableProxy(server.Port);
        await using ISweepStore store = await OpenThroughAsync(proxy, TimeSpan.FromMilliseconds(300));
        proxy.GoDown();

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(Samples.First("a"), Stop));

        Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
        Assert.InRange(proxy.Refused, 2, 10);
        proxy.ComeUp();
        await store.AppendAsync(Samples.First("a"), Stop);
    }

    [Fact]
    public async Task Append_ServerAnswersBeforeItWrites_IsToldToWriteFirst()
    {
        NpgsqlConnectionStringBuilder connection = Connection;
        connection.Options = "-c synchronous_commit=off";
        await using var dialect = new PostgreSqlDialect(new StoreOptions.PostgreSql(connection.ToString()));
        await using DbConnection writing = await dialect.ConnectForWritingAsync(Stop);
        Assert.Equal("on", await writing.ExecuteScalarAsync<string>("SHOW synchronous_commit"));
    }

    private async Task<ISweepStore> OpenThroughAsync(BreakableProxy proxy, TimeSpan? retryFor = null)
    {
        NpgsqlConnectionStringBuilder connection = Connection;
        connection.Port = proxy.Port;
        ISweepStore store = SweepStores.Open(new StoreOptions.PostgreSql(connection.ToString()) { RetryFor = retryFor ?? StoreOptions.DefaultRetryFor });
        await store.OpenAsync(Stop);
        return store;
    }

    private async Task AssertOpenSaysAsync(Action<NpgsqlConnectionStringBuilder> change, string message)
    {
        NpgsqlConnectionStringBuilder connection = Connection;
        change(connection);
        await using ISweepStore store = SweepStores.Open(new StoreOptions.PostgreSql(connection.ToString()) { OpenFor = TimeSpan.Zero });
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.OpenAsync(Stop));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.ToString(), StringComparison.Ordinal);
    }
}
