using System.Text;
using System.Text.Json;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Sweeps;
using Sweeper.Silo.Page.Access;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>A sweep as it changes, as server-sent events. Each batch ends with a mark; a browser that comes back hands in the last one and misses nothing.</summary>
internal sealed class StreamEndpoint(IGrainFactory grains, PageLife life, PageUsers users, TimeProvider clock)
{
    /// <summary>Longest time without a line: proxies close what is silent.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Shortest time between two batches.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);

    /// <summary>How often it is looked whether the user may still listen.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Maps it.</summary>
    public void Map(IEndpointRouteBuilder api) => api.MapGet("sweeps/{name}/stream", StreamAsync);

    private async Task StreamAsync(HttpContext http, string name, string? after)
    {
        string? mark = http.Request.Headers["Last-Event-ID"] is { Count: > 0 } last ? last.ToString() : after;
        ISweepGrain sweep = grains.GetGrain<ISweepGrain>(name);
        SweepChanges changes = await sweep.GetChangesAsync(mark, wholeCurves: true, TimeSpan.Zero);

        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back until its buffer is full
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.Ending);
        Task watch = EndWithRightAsync(http, end);
        try
        {
            await SendAsync(http, Batch(changes, reset: changes.Whole && mark is not null, first: true), end.Token);
            while (true)
            {
                SweepChanges next = await sweep.GetChangesAsync(changes.Mark, wholeCurves: false, Heartbeat).WaitAsync(end.Token);
                await SendAsync(http, next.Mark == changes.Mark ? ": nothing new\n\n" : Batch(next, next.Whole, first: false), end.Token);
                changes = next;
                await Task.Delay(Pace, clock, end.Token);
            }
        }
        catch (SweepNotFoundException gone)
        {
            await SendAsync(http, Event("gone", new Refusal(gone.Message)), end.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or OrleansException or TimeoutException or StoreUnavailableException)
        {
            // The browser has gone, or the silo goes: the browser comes back by itself, with its last mark.
        }
        finally
        {
            await end.CancelAsync();
            await watch;
        }
    }

    /// <summary>Ends the stream once its session or token is good no more.</summary>
    private async Task EndWithRightAsync(HttpContext http, CancellationTokenSource end)
    {
        try
        {
            do
            {
                await Task.Delay(LookEvery, clock, end.Token);
            }
            while (await users.OfAsync(http) is not null);
            await end.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stream has ended before.
        }
        catch (StoreUnavailableException)
        {
            await end.CancelAsync(); // nobody knows who may listen; the browser comes back
        }
    }

    private static string Batch(SweepChanges changes, bool reset, bool first)
    {
        var text = new StringBuilder();
        if (reset)
        {
            text.Append(Event("reset", new { }));
        }

        if (!changes.Cells.IsEmpty)
        {
            text.Append(Event("cells", changes.Cells));
        }

        if (!changes.Trials.IsEmpty)
        {
            text.Append(Event("trials", TrialColumns.Of(changes.Trials)));
        }

        if (first || changes.Whole)
        {
            text.Append(Event("curves", changes.Curves.Select(LiveJobs.Of)));
        }
        else if (!changes.Curves.IsEmpty)
        {
            text.Append(Event("points", changes.Curves.Select(LiveJobs.Of)));
        }

        // The mark comes last: a batch that was cut off is sent again.
        return text.Append("id: ").Append(changes.Mark).Append('\n').Append(Event("view", changes.View with { Cells = [] })).ToString();
    }

    private static string Event<T>(string name, T data) => $"event: {name}\ndata: {JsonSerializer.Serialize(data, ResultsJson.OneLine)}\n\n";

    private static async Task SendAsync(HttpContext http, string text, CancellationToken stop)
    {
        await http.Response.WriteAsync(text, stop);
        await http.Response.Body.FlushAsync(stop);
    }
}
