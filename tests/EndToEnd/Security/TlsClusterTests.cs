using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sweeper.Tests.EndToEnd.Clusters;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Security;

/// <summary>A cluster with an authority of its own: silos and consoles show each other certificates, and nobody else gets in. Passwords come from files; Redis and PostgreSQL speak TLS.</summary>
public sealed class TlsClusterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gateway_OfAClusterWithAnAuthority_IsClosedToWhoeverHasNoCertificateOfIt()
    {
        RedisServer.Require();
        await using var sandbox = new Sandbox();
        using var authority = new Certificates(Path.Combine(sandbox.Root, "ours"));
        using var other = new Certificates(Path.Combine(sandbox.Root, "theirs"));
        await using var postgres = new PostgreSqlServer();
        string database = await postgres.CreateDatabaseAsync(Stop);
        await postgres.EncryptAsync(authority.Make("postgres"), Stop);
        await using var redis = new RedisServer(Path.Combine(sandbox.Root, "redis")) { Tls = (authority.Make("redis"), authority.Authority) };
        await redis.StartAsync();
        string[] common =
        [
            "--redis", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis.Port}"), "--redis-ca", authority.Authority,
            "--redis-password-file", sandbox.Write("redis.password", RedisServer.Password + "\n"),
            "--postgres", $"Host=127.0.0.1;Port={postgres.Port};Database={database};Username={PostgreSqlServer.User};SSL Mode=VerifyFull;Root Certificate={authority.Authority}",
            "--postgres-password-file", sandbox.Write("postgres.password", PostgreSqlServer.Password),
            "--tls-ca", authority.Authority, "--slots", "1", "--threads", "1", "--page", "false", "--checkpoints", Path.Combine(sandbox.Root, "checkpoints"),
        ];
        int[] gateways = [Ports.Free(), Ports.Free()];
        SweeperProcess[] silos = [.. gateways.Select((port, index) => Start($"n{index}", port))];
        string cluster = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{gateways[0]}");
        (string Certificate, string Key) console = authority.Make("console");
        (string Certificate, string Key) stranger = other.Make("stranger");

        // Both, whichever is there first: the silos speak with each other, too.
        await ThreeSilos.UntilAsync(async () => await AskAsync(console, authority.Authority) is { Out: var seen } && seen.Contains("n0/cpu", StringComparison.Ordinal) && seen.Contains("n1/cpu", StringComparison.Ordinal), () => $"the cluster is not there: {silos[0].Error}{silos[0].Out}{silos[1].Error}{silos[1].Out}");

        Ended[] outside = await Task.WhenAll( // each waits as long as for a silo that starts
            sandbox.RunAsync("workers", "--cluster", cluster), AskAsync(stranger, authority.Authority), AskAsync(console, other.Authority));
        Assert.All(outside, each => Assert.True(each.ExitCode == 3, each.ToString()));
        Assert.Contains("--tls-ca", outside[0].Error, StringComparison.Ordinal); // what may be missing
        BadInput.Assert(await sandbox.RunAsync("workers", "--cluster", cluster, "--tls-ca", authority.Authority), "go together", "an authority alone");
        Assert.False(await IsServedAsync(gateways[0], authority));

        SweeperProcess Start(string node, int gateway)
        {
            (string certificate, string key) = authority.Make(node);
            return sandbox.StartSilo([
                "--data-dir", Path.Combine(sandbox.Data, node), "--node", node, "--gateway-port", gateway.ToString(CultureInfo.InvariantCulture),
                "--tls-certificate", certificate, "--tls-key", key, .. common,
            ]);
        }

        Task<Ended> AskAsync((string Certificate, string Key) shown, string believed) =>
            sandbox.RunAsync("workers", "--cluster", cluster, "--tls-certificate", shown.Certificate, "--tls-key", shown.Key, "--tls-ca", believed);
    }

    /// <summary>Whether a gateway goes on to serve a connection over TLS that shows no certificate.</summary>
    private static async Task<bool> IsServedAsync(int port, Certificates authority)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, Stop);
        await using var tls = new SslStream(socket.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "sweeper", RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 known && authority.Issued(known) }, Stop);
            byte[] buffer = new byte[1];
            return await tls.ReadAsync(buffer, Stop) > 0; // TLS 1.3: the refusal comes after the handshake
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Silo_TlsFilesThatCannotBeUsed_ExitsWith2AndSaysEverything()
    {
        await using var sandbox = new Sandbox();
        using var authority = new Certificates(Path.Combine(sandbox.Root, "tls"));
        (string certificate, string key) = authority.Make("good");
        (string expired, string expiredKey) = authority.Make("expired", fromDays: -20, toDays: -10);
        (string future, string futureKey) = authority.Make("future", fromDays: 5);
        string empty = sandbox.Write("empty.pem", "");

        await RefusedAsync(["--tls-certificate", certificate], "--tls-key is missing");
        await RefusedAsync(["--tls-certificate", "/nowhere.pem", "--tls-key", "/nowhere.key", "--tls-ca", empty], "/nowhere.pem: there is no such file", "/nowhere.key: there is no such file", "there is no certificate in it", "only silos of a cluster");
        await RefusedAsync(["--tls-certificate", expired, "--tls-key", expiredKey], "CN=expired ran out on");
        await RefusedAsync(["--tls-certificate", future, "--tls-key", futureKey], "CN=future is good from");
        await RefusedAsync(["--tls-certificate", certificate, "--tls-key", expiredKey], "is not that of the certificate");
        await RefusedAsync(["--tls-certificate", certificate, "--tls-key", certificate], "there is no private key in it");
        await RefusedAsync(["--tls-certificate", sandbox.Root, "--tls-key", key], "it cannot be read");
        await RefusedAsync(["--redis-password-file", empty, "--postgres-password-file", "/nowhere", "--redis-ca", "/nowhere.ca", "--data-root", "not/absolute", "--data-root", "/nowhere"],
            "--redis-password-file: there is no --redis", "--postgres-password-file: there is no --postgres", "--redis-ca /nowhere.ca", "--data-root not/absolute: an absolute path", "--data-root /nowhere: there is no such folder");
        await RefusedAsync(["--redis", "127.0.0.1:1,password=x", "--redis-password-file", empty, "--postgres", "Host=x", "--postgres-password-file", empty, "--node", "a"], "keep one of them", "it is empty");

        async Task RefusedAsync(string[] options, params string[] said)
        {
            Ended ended = await sandbox.StartSilo(["--data-dir", sandbox.Data, .. options]).EndAsync(ThreeSilos.Patience);
            Assert.True(ended.ExitCode == 2, ended.ToString());
            Assert.All(said, words => Assert.Contains(words, ended.Error, StringComparison.Ordinal));
        }
    }
}
