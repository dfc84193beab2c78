using System.Diagnostics;
using System.Globalization;
using System.Net;
using Npgsql;

namespace Sweeper.Tests;

/// <summary>
/// A real PostgreSQL server of this test run's own, from Debian's programs: started when the first test asks for it,
/// stopped and removed with the run, however that ends.
/// </summary>
public sealed partial class PostgreSqlServer : IAsyncDisposable
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
        Require();
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

    /// <summary>Lets the server take nothing but TLS from now on.</summary>
    /// <param name="identity">Files of certificate and key; the server gets copies of its own.</param>
    /// <param name="stop">Gives up.</param>
    public async Task EncryptAsync((string Certificate, string Key) identity, CancellationToken stop)
    {
        // Each program reads what it is given: one that ends before breaks the server's pipe.
        foreach ((string file, string content) in new[] { ("server.crt", identity.Certificate), ("server.key", identity.Key) })
        {
            string text = (await File.ReadAllTextAsync(content, stop)).ReplaceLineEndings("\\n");
            await ExecuteAsync($"COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; umask 077; printf %b \"{text}\" >{file}'", stop);
        }

        await ExecuteAsync("COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; sed -i \"s/^host /hostssl /\" pg_hba.conf'", stop);
        await ExecuteAsync("ALTER SYSTEM SET ssl = on", stop);
        await ExecuteAsync("SELECT pg_reload_conf()", stop);
        await UntilItSpeaksTlsAsync(stop);
    }

    /// <summary>The server reads its files anew some time after it was told to.</summary>
    private async Task UntilItSpeaksTlsAsync(CancellationToken stop)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await using NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Pooling=false;SSL Mode=Require");
                await using NpgsqlConnection connection = await source.OpenConnectionAsync(stop);
                return;
            }
            catch (NpgsqlException) when (tries < 200)
            {
                await Task.Delay(50, stop);
            }
        }
    }

    /// <summary>Ends the server as a crash of its machine does: nothing is written any more.</summary>
    public Task KillAsync() => TellAsync("kill", "killed");

    /// <summary>Starts a killed server again, on the same port with the same databases.</summary>
    public Task RestartAsync() => TellAsync("start", "ready");

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
        int port = Ports.Free();
        string[] script = ["sh", "-c", Script, "sh", Programs!, port.ToString(CultureInfo.InvariantCulture), User, Password, Sync ? "on" : "off"];
        string[] command = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--", .. script] : script; // Refuses to run as root.
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        })!; // Null only where a running process is reused, which ProcessStartInfo without a shell never does.
        await HearAsync("ready", stop);
        _port = port;
    }

    private async Task TellAsync(string command, string answer)
    {
        await _process!.StandardInput.WriteLineAsync(command); // started with the first database
        var stop = CancellationToken.None;
        Limit(ref stop);
        await HearAsync(answer, stop);
    }

    /// <summary>What a test does where there are no server programs; a program that is no test looks at <see cref="Programs"/> itself.</summary>
    static partial void Require();

    /// <summary>Ends waiting with the test.</summary>
    static partial void Limit(ref CancellationToken stop);

    private async Task HearAsync(string answer, CancellationToken stop)
    {
        string output = "";
        while (await _process!.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (line == answer)
            {
                return;
            }

            output += line + "\n";
        }

        throw new InvalidOperationException($"PostgreSQL was never {answer}:\n{output}");
    }

    /// <summary>Ends, and takes the server with it, when its input ends: also when this process is killed.</summary>
    private const string Script = """
        folder=$(mktemp -d /tmp/sweeper-postgresql-XXXXXX) || exit 1
        programs=$1
        kill_it() { "$programs/pg_ctl" stop -w -D "$folder/data" -m immediate </dev/null >/dev/null 2>&1; }
        trap 'kill_it; rm -rf "$folder"' EXIT
        trap 'exit 1' TERM INT HUP
        printf %s "$4" >"$folder/password"
        "$1/initdb" -D "$folder/data" -U "$3" -E UTF8 --locale=C.UTF-8 --no-sync \
            --auth-local=trust --auth-host=scram-sha-256 --pwfile="$folder/password" >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
        run() {
            "$1/pg_ctl" start -w -D "$folder/data" -l "$folder/log" \
                -o "-p $2 -k $folder -c listen_addresses=127.0.0.1 -c fsync=$3 -c max_connections=200" </dev/null >/dev/null 2>&1 || { cat "$folder/log"; exit 1; }
            echo ready
        }
        run "$1" "$2" "$5"
        while read -r command; do
            case $command in
                kill) kill_it; echo killed ;;
                start) run "$1" "$2" "$5" ;;
            esac
        done
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
}
