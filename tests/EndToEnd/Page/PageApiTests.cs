using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Page;

/// <summary>What the page shows and does is what the console shows and does.</summary>
[Collection(nameof(PageGroup))]
public sealed class PageApiTests(PageSilo silo)
{
    private PageBrowser Browser => silo.Browser;

    private Sandbox Sandbox => silo.Sandbox;

    [Fact]
    public async Task Sweep_ThatHasEnded_IsTheConsolesOwn()
    {
        JsonElement show = await Sandbox.JsonAsync("show", PageSilo.Done);
        JsonElement page = await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}");

        Assert.All(new[] { "spec", "leaderboard", "cells", "changes" }, part => Assert.True(JsonElement.DeepEquals(show.GetProperty(part), page.GetProperty(part)), part));
        JsonElement columns = page.GetProperty("trials");
        Assert.Equal(
            show.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("outcome").GetProperty("score").GetProperty("test_accuracy").GetDouble()),
            columns.GetProperty("test_accuracy").EnumerateArray().Select(value => value.GetDouble()));
        Assert.True(page.GetProperty("reached").GetBoolean());
        Assert.StartsWith("https://traces.example/", page.GetProperty("trace_link").GetString(), StringComparison.Ordinal);
        Assert.Contains(page.GetProperty("limits").EnumerateArray(), limit => limit.GetProperty("path").GetString() == "limits.wall_time" && limit.GetProperty("value").GetString() == "none");
        Assert.Single(page.GetProperty("workers").EnumerateArray());
        JsonElement row = Assert.Single((await Browser.JsonAsync("api/sweeps")).EnumerateArray(), row => row.GetProperty("name").GetString() == PageSilo.Done);
        Assert.Equal("completed", row.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Job_ThatHasEnded_HasCurvesScheduleAttemptsAndLogs()
    {
        JsonElement trial = await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}/jobs/T-0001");
        Assert.Equal("completed", trial.GetProperty("state").GetString());
        JsonElement curve = trial.GetProperty("curve");
        Assert.NotEqual(0, curve.GetProperty("curves").GetProperty("step").GetArrayLength());
        double peak = trial.GetProperty("trial").GetProperty("configuration").GetProperty("max_learning_rate").GetDouble();
        Assert.Equal(peak, curve.GetProperty("planned").GetProperty("learning_rate").EnumerateArray().Max(rate => rate.GetDouble()), peak / 10);
        JsonElement attempt = Assert.Single(trial.GetProperty("attempts").EnumerateArray());
        Assert.Equal(("trained", "local/cpu"), (attempt.GetProperty("ended_as").GetString(), attempt.GetProperty("worker").GetString()));
        Assert.Equal($"https://traces.example/{attempt.GetProperty("trace_id").GetString()}", attempt.GetProperty("trace_link").GetString());
        Assert.NotEmpty(trial.GetProperty("logs").EnumerateArray());

        JsonElement test = await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}/jobs/R-002");
        Assert.Equal("range_test", test.GetProperty("kind").GetString());
        Assert.Equal(2, (await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}/range-tests")).GetArrayLength());
        JsonElement compared = await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}/curves?jobs=T-0002,T-0001");
        Assert.Equal(["T-0002", "T-0001"], compared.EnumerateArray().Select(one => one.GetProperty("job").GetString()!));
        JsonElement analysis = await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}/analysis");
        Assert.Equal((4, 4), (analysis.GetProperty("after_ended").GetInt32(), analysis.GetProperty("analysis").GetProperty("data").GetProperty("trials").GetInt32()));
    }

    [Theory]
    [InlineData("csv", "trials", new string[0])]
    [InlineData("json", "trials", new string[0])]
    [InlineData("csv", "range_tests", new[] { "--range-tests" })]
    [InlineData("json", "curves", new[] { "--curves" })]
    public async Task Export_EveryForm_IsTheConsolesOwn(string form, string what, string[] options)
    {
        using HttpResponseMessage answer = await Browser.GetAsync($"api/sweeps/{PageSilo.Done}/export.{form}?what={what}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains($".{form}", answer.Content.Headers.ContentDisposition?.FileName, StringComparison.Ordinal);
        string file = Path.Combine(Sandbox.Root, $"{what}.{form}");
        await Sandbox.OutputAsync(["export", PageSilo.Done, "-o", form, "--to", file, .. options]);
        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("api/sweeps/nowhere", "no sweep named 'nowhere'")]
    [InlineData("api/sweeps/nowhere/stream", "no sweep named 'nowhere'")]
    [InlineData("api/sweeps/nowhere/analysis", "no sweep named 'nowhere'")]
    [InlineData("api/sweeps/nowhere/export.csv", "no sweep named 'nowhere'")]
    [InlineData("api/sweeps/tiny/jobs/T-0099", "no job 'T-0099'")]
    [InlineData("api/sweeps/tiny/jobs/what", "no job 'what'")]
    [InlineData("api/sweeps/tiny/curves?jobs=T-0001,X-1", "no job 'X-1'")]
    [InlineData("api/sweeps/..%2f..%2fetc/jobs/T-0001", "no sweep named")]
    [InlineData("api/nothing", "nothing at")]
    public async Task Get_WhatThereIsNot_SaysWhat(string path, string words) =>
        Assert.Contains(words, (await Browser.JsonAsync(path, HttpStatusCode.NotFound)).GetProperty("message").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task Requests_ThatMakeNoSense_AreRefusedWithAReason()
    {
        Assert.Contains("trials, range_tests or curves", (await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}/export.csv?what=all", HttpStatusCode.BadRequest)).GetProperty("message").GetString(), StringComparison.Ordinal);
        await Browser.DoAsync("api/sweeps/nowhere/pause", new { }, HttpStatusCode.NotFound);
        await Browser.DoAsync($"api/sweeps/{PageSilo.Done}/limits", new { }, HttpStatusCode.BadRequest);
        await Browser.DoAsync($"api/sweeps/{PageSilo.Done}/retry", new { jobs = "T-0001" }, HttpStatusCode.BadRequest);
        JsonElement limits = await Browser.DoAsync(
            $"api/sweeps/{PageSilo.Done}/limits", new { settings = new Dictionary<string, string> { ["limits.trials"] = "none at all", ["limits.wall_time"] = "soon" } }, HttpStatusCode.BadRequest);
        Assert.Equal(2, limits.GetProperty("problems").GetArrayLength());
        Assert.False((await Browser.DoAsync($"api/sweeps/{PageSilo.Done}/pause", new { })).GetProperty("done").GetBoolean());

        using HttpRequestMessage large = new(HttpMethod.Post, "api/session")
        {
            Content = new StringContent($$"""{"key": "{{new string('x', 70_000)}}"}""", Encoding.UTF8, "application/json"),
            Headers = { { "X-Sweeper", "page" } },
        };
        using HttpResponseMessage refused = await Browser.SendAsync(large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task Actions_OfThePage_ChangeTheSweepAsTheConsoleSeesIt()
    {
        await silo.BeginAsync("acted");

        Assert.Equal(
            "paused: running jobs go on to their end, no new one starts", (await Browser.DoAsync("api/sweeps/acted/pause", new { })).GetProperty("message").GetString());
        Assert.Equal("paused", await StatusAsync("acted"));
        Assert.True((await Browser.DoAsync("api/sweeps/acted/resume", new { })).GetProperty("done").GetBoolean());
        Assert.Equal("running", await StatusAsync("acted"));

        JsonElement set = await Browser.DoAsync(
            "api/sweeps/acted/limits", new { settings = new Dictionary<string, string> { ["limits.max_parallel"] = "2", ["limits.wall_time"] = "2h" } });
        Assert.True(set.GetProperty("done").GetBoolean(), set.ToString());
        JsonElement limits = (await Sandbox.JsonAsync("show", "acted")).GetProperty("spec").GetProperty("limits");
        Assert.Equal((2, "02:00:00"), (limits.GetProperty("max_parallel").GetInt32(), limits.GetProperty("wall_time").GetString()));

        await using EventStream stream = await Browser.StreamAsync("acted");
        Assert.True((await Browser.DoAsync("api/sweeps/acted/cancel", new { })).GetProperty("done").GetBoolean());
        await stream.UntilAsync(one => one.Name == "view" && one.Data.GetProperty("running").GetArrayLength() == 0);
        Assert.Equal("cancelled", await StatusAsync("acted"));

        Assert.Equal("queued again", (await Browser.DoAsync("api/sweeps/acted/retry", new { jobs = new[] { "T-0001" } })).GetProperty("message").GetString());
        await stream.UntilAsync(one => one.Name == "view" && one.Data.GetProperty("running").GetArrayLength() > 0); // what was cancelled goes on
        Assert.Contains("no job 'T-0009'", (await Browser.DoAsync("api/sweeps/acted/retry", new { jobs = new[] { "T-0009" } })).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.True((await Browser.DoAsync("api/sweeps/acted/cancel", new { })).GetProperty("done").GetBoolean());
        await stream.UntilAsync(one => one.Name == "view" && one.Data.GetProperty("running").GetArrayLength() == 0);
    }

    [Fact]
    public async Task Stream_LastEventId_GoesOnWithoutAGap()
    {
        await silo.BeginAsync("streamed");
        string mark;
        Dictionary<int, string> states = [];
        await using (EventStream first = await Browser.StreamAsync("streamed"))
        {
            List<PageEvent> events = await first.BatchAsync();
            Assert.Equal(["cells", "trials", "curves", "view"], events.Select(one => one.Name));
            Assert.Equal(3, events[1].Data.GetProperty("count").GetInt32());
            Take(states, events);
            mark = events[^1].Id;
        }

        await Sandbox.OutputAsync("cancel", "streamed"); // nobody listens

        await using EventStream second = await Browser.StreamAsync("streamed", lastEventId: mark);
        List<PageEvent> missed = await second.UntilAsync(one => one.Name == "view" && one.Data.GetProperty("running").GetArrayLength() == 0);
        Assert.DoesNotContain(missed, one => one.Name == "reset");
        Assert.All(missed.Where(one => one.Name == "trials"), one => Assert.InRange(one.Data.GetProperty("count").GetInt32(), 1, 2)); // those that ran, not all
        Take(states, missed);

        JsonElement trials = (await Browser.JsonAsync("api/sweeps/streamed")).GetProperty("trials");
        Dictionary<int, string> now = [];
        Take(now, trials);
        Assert.Equal(now, states);
        Assert.Contains("stopped", states.Values);
    }

    [Fact]
    public async Task Stream_MarkOfThePage_SendsOnlyWhatIsNew()
    {
        JsonElement page = await Browser.JsonAsync($"api/sweeps/{PageSilo.Done}");

        await using EventStream stream = await Browser.StreamAsync(PageSilo.Done, query: $"?after={page.GetProperty("mark").GetString()}");

        Assert.Equal(["curves", "view"], (await stream.BatchAsync()).Select(one => one.Name));
    }

    [Fact]
    public async Task Stream_MarkOfAnotherSilo_BeginsAnew()
    {
        await using EventStream stream = await Browser.StreamAsync(PageSilo.Done, lastEventId: "0123456789ab-7");

        Assert.Equal(["reset", "cells", "trials", "curves", "view"], (await stream.BatchAsync()).Select(one => one.Name));
    }

    [Fact]
    public async Task Stream_SweepThatIsDeleted_SaysSoAndEnds()
    {
        await Sandbox.OutputAsync("run", Sandbox.Write("gone.yaml", Specs.Trials("gone", 1, epochs: 1)));
        await using EventStream stream = await Browser.StreamAsync("gone");
        await stream.BatchAsync();

        await Sandbox.OutputAsync("delete", "gone", "--yes");

        List<PageEvent> events = await stream.UntilAsync(one => one.Name == "gone");
        Assert.Contains("no sweep named 'gone'", events[^1].Data.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task<string?> StatusAsync(string sweep) =>
        (await Sandbox.JsonAsync("list")).EnumerateArray().Single(row => row.GetProperty("name").GetString() == sweep).GetProperty("status").GetString();

    private static void Take(Dictionary<int, string> states, IEnumerable<PageEvent> events)
    {
        foreach (PageEvent one in events.Where(one => one.Name == "trials"))
        {
            Take(states, one.Data);
        }
    }

    private static void Take(Dictionary<int, string> states, JsonElement columns)
    {
        string[] words = [.. columns.GetProperty("words").EnumerateArray().Select(word => word.GetString()!)]; // words
        for (int i = 0; i < columns.GetProperty("count").GetInt32(); i++)
        {
            states[columns.GetProperty("number")[i].GetInt32()] = words[columns.GetProperty("state")[i].GetInt32()];
        }
    }
}
