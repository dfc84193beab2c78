using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Security;

/// <summary>The page over TLS, its request rate, and permitted folders, through one silo of the silo's own program.</summary>
public sealed class TlsPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_WithCertificate_SpeaksTlsOnlyLetsTheConsoleInAndSlowsAFloodDown()
    {
        await using var sandbox = new Sandbox();
        using var authority = new Certificates(Path.Combine(sandbox.Root, "tls"));
        (string certificate, string key) = authority.Make("page");
        authority.Expose(key);
        SweeperProcess console = sandbox.StartWith(
            [("Sweeper__Page__Rate", "5")], "page", "--no-open", "--tls-certificate", certificate, "--tls-key", key, "--data-root", sandbox.Root, "--slots", "1", "--threads", "1");
        await console.SaysAsync("#code=");
        Uri address = new(console.Out.Split('\n').First(line => line.Contains("#code=", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        Assert.Equal(Uri.UriSchemeHttps, address.Scheme);
        using var log = new StreamReader(new FileStream(Assert.Single(Directory.GetFiles(Path.Combine(sandbox.Data, "logs"))), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Assert.Contains("every user of this machine may read the private key", await log.ReadToEndAsync(Stop), StringComparison.Ordinal);

        using var http = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown is not null && authority.Issued(shown),
        })
        {
            BaseAddress = new Uri(address.GetLeftPart(UriPartial.Path)),
        };
        using HttpRequestMessage signIn = new(HttpMethod.Post, "api/session") { Content = JsonContent(new { key = address.Fragment["#code=".Length..] }), Headers = { { "X-Sweeper", "page" } } };
        using HttpResponseMessage signedIn = await http.SendAsync(signIn, Stop);
        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        Assert.Contains("secure", Assert.Single(signedIn.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);

        using var plain = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new UriBuilder(address) { Scheme = Uri.UriSchemeHttp, Fragment = "" }.Uri, Stop));

        var codes = new HashSet<HttpStatusCode>();
        RetryConditionHeaderValue? wait = null;
        for (int i = 0; i < 500 && wait is null; i++)
        {
            using HttpResponseMessage answer = await http.GetAsync("", Stop);
            codes.Add(answer.StatusCode);
            wait = answer.Headers.RetryAfter;
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], codes.Order());
        Assert.True(wait?.Delta > TimeSpan.Zero);

        // A data root was given: what is not below it, or leads out of it, is refused through the console too.
        Directory.CreateDirectory(Path.Combine(sandbox.Root, "images"));
        string outside = Directory.CreateTempSubdirectory("sweeper-outside-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(sandbox.Root, "images", "link"), outside);
        foreach (string path in new[] { outside, "/etc", Path.Combine(sandbox.Root, "images", "link") })
        {
            BadInput.Assert(await sandbox.RunAsync("submit", sandbox.Write("outside.yaml", Spec(path))), "data are read below", path);
            Assert.Contains("data are read below", (await sandbox.RunAsync("data", "verify", "image-folder", "--path", path)).Error, StringComparison.Ordinal);
        }

        BadInput.Assert(await sandbox.RunAsync("submit", sandbox.Write("inside.yaml", Spec(Path.Combine(sandbox.Root, "images")))), "links followed to their ends", "a link inside");
        Directory.Delete(outside);
        console.Signal("INT");
        Assert.Equal(0, (await console.EndAsync(TimeSpan.FromMinutes(2))).ExitCode);
    }

    private static string Spec(string path) =>
        $"name: outside\ndata: {{set: image-folder, path: {path}}}\nmodel: mlp\ntraining: {{epochs: 1}}\nsearch: {{space: {{max_lr: 0.1, batch_size: 10, weight_decay: 0, dropout: 0}}}}\n";

    private static StringContent JsonContent(object body) => new(JsonSerializer.Serialize(body), new MediaTypeHeaderValue("application/json"));
}
