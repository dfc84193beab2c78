using System.Diagnostics;
using System.Globalization;

namespace Sweeper.Tests;

/// <summary>A Redis of the tests' own, from Debian's program. It keeps what it was told over a kill, as one for a cluster has to.</summary>
internal sealed partial class RedisServer : IAsyncDisposable
{
    /// <summary>Ends, and takes the server with it, when its input ends: also when this process is killed.</summary>
    private const string Script = """
        "$@" >/dev/null 2>&1 &
        server=$!
        until redis-cli -p "$PORT" $TLS -a "$PASSWORD" --no-auth-warning ping 2>/dev/null | grep -q PONG; do
            kill -0 $server 2>/dev/null || exit 1
            sleep 0.05
        done
        echo ready
        cat >/dev/null
        kill -9 $server
        """;

    public const string Password = "s3cret-of-the-tests";

    private readonly string _folder;
    private Process? _process;

    public RedisServer(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Certificate, key and authority where it speaks TLS and nothing else; null: plain.</summary>
    public ((string Certificate, string Key) Own, string Authority)? Tls { get; init; }

    /// <summary>Where it listens.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>How to connect.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},password={Password}");

    /// <summary>Whether its program is there.</summary>
    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    /// <summary>Starts it; waits until it answers.</summary>
    public async Task StartAsync()
    {
        string port = Port.ToString(CultureInfo.InvariantCulture);
        var info = new ProcessStartInfo(
            "sh", ["-c", Script, "sh", "redis-server", .. PortOptions(port), "--bind", "127.0.0.1", "--requirepass", Password, "--dir", _folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        (info.Environment["PORT"], info.Environment["PASSWORD"], info.Environment["TLS"]) = (port, Password, Tls is { } tls ? $"--tls --cacert {tls.Authority}" : "");
        _process = Process.Start(info)!; // a shell is started
        string? said = await _process.StandardOutput.ReadLineAsync();
        if (said != "ready")
        {
            throw new InvalidOperationException("Redis did not start.");
        }
    }

    private string[] PortOptions(string port) => Tls is { } tls
        ? ["--port", "0", "--tls-port", port, "--tls-cert-file", tls.Own.Certificate, "--tls-key-file", tls.Own.Key, "--tls-ca-cert-file", tls.Authority, "--tls-auth-clients", "no"]
        : ["--port", port];

    /// <summary>Kills it.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
