using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Page;

/// <summary>Users with tokens: what each role may do, that revoking ends it, and what is kept of it.</summary>
[Collection(nameof(PageGroup))]
public sealed class TokenTests(PageSilo silo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_OfEachRole_DoWhatTheRoleMayAndNoMore()
    {
        using PageBrowser viewer = await ComeAsync("vera", "viewer");
        using PageBrowser stranger = await ComeAsync("sam", "submitter");
        using PageBrowser admin = await ComeAsync("ada", "admin");
        using PageBrowser own = await ComeAsync(Environment.UserName, "submitter"); // the user of the console that submitted the sweep

        foreach (PageBrowser each in new[] { viewer, stranger, admin, own })
        {
            Assert.NotEmpty((await each.JsonAsync("api/sweeps")).EnumerateArray());
        }

        Assert.Equal("viewer", (await viewer.JsonAsync("api/session")).GetProperty("role").GetString());
        foreach (string action in new[] { "pause", "resume", "cancel", "retry", "limits" })
        {
            Assert.Contains("is a viewer", Message(await viewer.DoAsync($"api/sweeps/tiny/{action}", new { }, HttpStatusCode.Forbidden)), StringComparison.Ordinal);
            Assert.Contains("own sweeps only", Message(await stranger.DoAsync($"api/sweeps/tiny/{action}", new { }, HttpStatusCode.Forbidden)), StringComparison.Ordinal);
        }

        await viewer.JsonAsync("orleans/", HttpStatusCode.Forbidden); // operators' own
        await stranger.DoAsync("api/sweeps/not-there/pause", new { }, HttpStatusCode.NotFound);
        Assert.False((await stranger.JsonAsync("api/sweeps/tiny")).GetProperty("may_change").GetBoolean());
        Assert.True((await own.JsonAsync("api/sweeps/tiny")).GetProperty("may_change").GetBoolean());
        Assert.Contains("completed", Message(await own.DoAsync("api/sweeps/tiny/pause", new { })), StringComparison.Ordinal); // let through, and nothing to do
        Assert.Contains("completed", Message(await admin.DoAsync("api/sweeps/tiny/cancel", new { })), StringComparison.Ordinal);

        JsonElement[] kept = [.. (await silo.Sandbox.JsonAsync("audit", "--sweep", "tiny")).EnumerateArray()];
        Assert.Contains(kept, entry => Is(entry, "vera", "cancel", "refused") && Text(entry, "from").StartsWith("127.0.0.1 at the page of local", StringComparison.Ordinal));
        Assert.Contains(kept, entry => Is(entry, "sam", "set", "refused"));
        Assert.Contains(kept, entry => Is(entry, "ada", "cancel", "unchanged"));
        Assert.Contains(kept, entry => Is(entry, $"{Environment.UserName}@{Environment.MachineName}", "submit", "done"));
    }

    [Fact]
    public async Task Token_Made_IsShownOnceAndKeptAsAHashOnly()
    {
        string secret = await MakeAsync("once", "viewer", "--expires", "1h");

        Assert.DoesNotContain(secret, await silo.Sandbox.OutputAsync("tokens", "list", "--all", "-o", "json"), StringComparison.Ordinal);
        Assert.Contains("once", await silo.Sandbox.OutputAsync("tokens", "list"), StringComparison.Ordinal);
        Ended again = await silo.Sandbox.RunAsync("tokens", "create", "once", "--role", "admin");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("has a token already", again.Error, StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(silo.Sandbox.Data, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, Stop);
            Assert.True(bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, file);
        }
    }

    [Fact]
    public async Task Token_Revoked_EndsScriptsSessionsAndStreamsAtOnce()
    {
        string secret = await MakeAsync("rita", "viewer");
        using var script = new PageBrowser(silo.Address, token: secret);
        using var browser = new PageBrowser(silo.Address);
        Assert.Equal(HttpStatusCode.OK, await browser.SignInAsync(secret));
        Assert.Equal("rita", (await browser.JsonAsync("api/session")).GetProperty("user").GetString());
        await using EventStream stream = await browser.StreamAsync(PageSilo.Done);
        await stream.BatchAsync();

        Assert.Contains("revoked", await silo.Sandbox.OutputAsync("tokens", "revoke", "rita"), StringComparison.Ordinal);

        await script.JsonAsync("api/sweeps", HttpStatusCode.Unauthorized);
        await browser.JsonAsync("api/sweeps", HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SignInAsync(secret));
        await stream.EndAsync();
        Assert.Equal(1, (await silo.Sandbox.RunAsync("tokens", "revoke", "rita")).ExitCode);
        Assert.Contains("revoked", await silo.Sandbox.OutputAsync("tokens", "list", "--all"), StringComparison.Ordinal);
        await MakeAsync("rita", "viewer"); // the name is free again
    }

    [Fact]
    public async Task Submit_OverHttp_IsTheUsersOwnAndStaysInTheAuditLogWhenDeleted()
    {
        using PageBrowser viewer = await ComeAsync("vic", "viewer");
        using PageBrowser submitter = await ComeAsync("sue", "submitter");
        using PageBrowser other = await ComeAsync("otto", "submitter");
        string spec = Specs.Trials("by-sue", 1, epochs: 20_000);

        Assert.Equal(HttpStatusCode.Forbidden, (await SubmitAsync(viewer, spec)).Status);
        Assert.Equal(HttpStatusCode.Created, (await SubmitAsync(submitter, spec)).Status);
        Assert.Equal("sue", (await submitter.JsonAsync("api/sweeps/by-sue")).GetProperty("submitted_by").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await SubmitAsync(other, spec)).Status); // the same sweep would go on, and is not otto's
        await other.DoAsync("api/sweeps/by-sue/cancel", new { }, HttpStatusCode.Forbidden);
        await submitter.DoAsync("api/sweeps/by-sue/limits", new { settings = new Dictionary<string, string> { ["sharing.priority"] = "5" } });
        Assert.True((await submitter.DoAsync("api/sweeps/by-sue/cancel", new { })).GetProperty("done").GetBoolean());
        await silo.Sandbox.OutputAsync("delete", "by-sue", "--yes");

        JsonElement[] kept = [.. (await silo.Sandbox.JsonAsync("audit", "--sweep", "by-sue")).EnumerateArray()];
        Assert.Equal(
            ["delete done", "cancel done", "set done", "cancel refused", "submit refused", "submit done"],
            kept.Select(entry => $"{Text(entry, "action")} {Text(entry, "outcome")}"));
        Assert.Equal(["sue", "sue", "sue"], kept.Where((_, index) => index is 1 or 2 or 5).Select(entry => Text(entry, "by")));
        Assert.Contains("sharing.priority", Text(kept[2], "detail"), StringComparison.Ordinal);
        Assert.StartsWith(Environment.UserName, Text(kept[0], "by"), StringComparison.Ordinal);
        Assert.All((await silo.Sandbox.JsonAsync("audit", "--by", "otto", "--since", "1h")).EnumerateArray(), entry => Assert.Equal("otto", Text(entry, "by")));
        Assert.Empty((await silo.Sandbox.JsonAsync("audit", "--since", "2200-01-01")).EnumerateArray());
        Assert.Single((await silo.Sandbox.JsonAsync("audit", "--most", "1")).EnumerateArray());
    }

    [Fact]
    public async Task Submit_OfABadSpec_SaysEveryProblemAndStoresNothing()
    {
        using PageBrowser submitter = await ComeAsync("bea", "submitter");

        (HttpStatusCode status, JsonElement answer) = await SubmitAsync(submitter, "name: bad\nmodl: mlp\ntraining: {epochs: -1}\n");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(answer.GetProperty("problems").GetArrayLength() >= 2, answer.ToString());

        foreach (string path in new[] { "/etc", $"{silo.Sandbox.Data}/../..", "relative/images" })
        {
            (status, answer) = await SubmitAsync(submitter, $"name: escape\ndata: {{set: image-folder, path: {path}}}\nmodel: mlp\ntraining: {{epochs: 1}}\nsearch: {{space: {{max_lr: 0.1, batch_size: 10, weight_decay: 0, dropout: 0}}}}\n");
            Assert.Equal((HttpStatusCode.BadRequest, "data.path"), (status, answer.GetProperty("problems")[0].GetProperty("path").GetString()));
        }

        const string Command = "name: command\ntrainer: {command: [sh], workdir: /, train_examples: 10, validation_examples: 2, classes: 2}\ntraining: {epochs: 1}\nsearch: {space: {max_lr: 0.1, batch_size: 10, weight_decay: 0, dropout: 0}}\n";
        (status, answer) = await SubmitAsync(submitter, Command); // a console's silo runs commands, but not of those who come over HTTP
        Assert.Equal((HttpStatusCode.BadRequest, "trainer.command"), (status, answer.GetProperty("problems")[0].GetProperty("path").GetString()));
        Assert.Contains("over HTTP only where the silo's operator lists them", Message(answer), StringComparison.Ordinal);

        (status, answer) = await SubmitAsync(submitter, "name: &a x\nmodel: *a\n");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("anchors and aliases", answer.ToString(), StringComparison.Ordinal);

        (status, _) = await SubmitAsync(submitter, new string('#', (1 << 20) + 1));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        using HttpResponseMessage large = await silo.Browser.PostAsync("api/sweeps/tiny/retry", new { jobs = new[] { new string('x', 70_000) } });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task Tokens_BadInput_IsSaidAtOnceWithExitCodeTwo()
    {
        BadInput.Assert(await silo.Sandbox.RunAsync("tokens", "create", "anna b", "--role", "viewer"), "letters, digits", "a name with a space");
        BadInput.Assert(await silo.Sandbox.RunAsync("tokens", "create", "owner", "--role", "viewer"), "the audit log has this name", "a name that is taken");
        BadInput.Assert(await silo.Sandbox.RunAsync("tokens", "create", "anna", "--role", "root"), "viewer or submitter or admin", "a role that there is not");
        BadInput.Assert(await silo.Sandbox.RunAsync("tokens", "create", "anna", "--role", "viewer", "--expires", "soon"), "--expires must be", "no duration");
        BadInput.Assert(await silo.Sandbox.RunAsync("audit", "--since", "yesterday"), "--since must be", "no moment");
    }

    [Fact]
    public async Task Bearer_WrongTokens_HaveTheirAddressWait()
    {
        using var guesser = new PageBrowser(silo.Address, IPAddress.Parse("127.0.0.78"), "swp_" + new string('A', 43));
        for (int i = 0; i < 10; i++)
        {
            await guesser.JsonAsync("api/sweeps", HttpStatusCode.Unauthorized);
        }

        using HttpResponseMessage answer = await guesser.GetAsync("api/sweeps");
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains((await silo.Sandbox.JsonAsync("audit", "--by", "unknown")).EnumerateArray(), entry => Text(entry, "from").StartsWith("127.0.0.78 ", StringComparison.Ordinal));
    }

    private async Task<PageBrowser> ComeAsync(string user, string role) => new(silo.Address, token: await MakeAsync(user, role));

    private async Task<string> MakeAsync(string user, string role, params string[] more) =>
        (await silo.Sandbox.JsonAsync(["tokens", "create", user, "--role", role, .. more])).GetProperty("token").GetString()!; // it is shown once, here

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> SubmitAsync(PageBrowser browser, string spec)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "api/sweeps") { Content = new StringContent(spec, Encoding.UTF8, "application/yaml") };
        using HttpResponseMessage answer = await browser.SendAsync(request);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop));
        return (answer.StatusCode, document.RootElement.Clone());
    }

    private static bool Is(JsonElement entry, string by, string action, string outcome) =>
        (Text(entry, "by"), Text(entry, "action"), Text(entry, "outcome")) == (by, action, outcome);

    private static string Text(JsonElement entry, string name) => entry.GetProperty(name).GetString() ?? "";

    private static string Message(JsonElement answer) => answer.GetProperty("message").GetString() ?? "";
}
