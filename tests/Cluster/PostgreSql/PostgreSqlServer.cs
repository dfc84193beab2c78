using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Sweeper.Tests.Cluster.PostgreSql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace Sweeper.Tests.Cluster.PostgreSql;

/// <summary>
/// A real PostgreSQL server of this test run's own, from Debian's programs: started when the first test asks for it,
/// stopped and removed with the run, however that ends.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    public const string User = "sweeper";
    public const string Password = "s3cret-of-the-tests";

    private readonly SemaphoreSlim _starting = new(1);
    private Process? _process;
    private int _port;
    private int _databases;

    public static string? Programs { get; } = FindPrograms();

    /// <summary>Whether commits wait for the disk, as they do outside of tests.</summary>
    public bool Sync { get; init; }

    public int Port => _port > 0 ? _port : throw new InvalidOperationException("The server has not been started.");

    /// <summary>Creates an empty database. Skips the test where there are no server programs.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken stop)
    {
        Assert.SkipWhen(Programs is null, "PostgreSQL's server programs are missing: apt-get install postgresql-15 (tests/run does)");
        await StartOnceAsync(stop);
        string database = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync($"CREATE DATABASE {database}", stop);
        return database;
    }

    public async Task DropDatabaseAsync(string database) => await ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)", CancellationToken.None);

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = Port,
        Database = database,
        Username = User,
        Password = Password,
    }.ToString();

    /// <summary>Runs a statement on the server, outside any test's database.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken stop)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false");
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.StandardInput.Close(); // The script waits for this, then stops the server and removes its folder.
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _starting.Dispose();
    }

    private async Task StartOnceAsync(CancellationToken stop)
    {
        await _starting.WaitAsync(stop);
        try
        {
            if (_process is null)
            {
                await StartAsync(stop);
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task StartAsync(CancellationToken stop)
    {
        int port = FreePort();
        string[] script = ["sh", "-c", Script, "sh", Programs!, port.ToString(CultureInfo.InvariantCulture), User, Password, Sync ? "on" : "off"];
        string[] command = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. script] : script; // Refuses to run as root.
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!; // Null only where a running process is reused, which ProcessStartInfo without a shell never does.
        string output = "";
        while (await _process.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (line == "ready")
            {
                _port = port;
                return;
            }

            output += line + "\n";
        }

        throw new InvalidOperationException("PostgreSQL did not start:\n" + output);
    }

    /// <summary>Ends, and takes the server with it, when its input ends: also when this process is killed.</summary>
    private const string Script = """
        folder=$(mktemp -d /tmp/sweeper-postgresql-XXXXXX) || exit 1
        trap 'rm -rf "$folder"' EXIT
        printf %s "$4" >"$folder/password"
        "$1/initdb" -D "$folder/data" -U "$3" -E UTF8 --locale=C.UTF-8 --no-sync \
            --auth-local=trust --auth-host=scram-sha-256 --pwfile="$folder/password" >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
        "$1/pg_ctl" start -w -D "$folder/data" -l "$folder/log" \
            -o "-p $2 -k $folder -c listen_addresses=127.0.0.1 -c fsync=$5 -c max_connections=200" >/dev/null 2>&1 || { cat "$folder/log"; exit 1; }
        echo ready
        cat >/dev/null
        "$1/pg_ctl" stop -w -D "$folder/data" -m immediate >/dev/null 2>&1
        """;

    private static string? FindPrograms()
    {
        const string root = "/usr/lib/postgresql";
        return Directory.Exists(root)
            ? Directory.GetDirectories(root)
                .Select(version => Path.Combine(version, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
